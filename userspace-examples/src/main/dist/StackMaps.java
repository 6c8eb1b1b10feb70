import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Makes a jar fit for an AOT cache: {@code StackMaps JAR}. The JVM keeps no class in a cache whose
 * format is so old that it has no stack maps ("Old class has been linked"); those are written anew,
 * with stack maps and all else as it was.
 */
final class StackMaps {
  /** Class files have stack maps since Java 6, and need them since Java 7. */
  private static final int FIRST_WITH_MAPS = ClassFile.JAVA_6_VERSION;

  private static final int WRITTEN = ClassFile.JAVA_8_VERSION;

  /** Where a class file has its version, bytes. */
  private static final int MAJOR = 6;

  private final JarFile jar;
  private final ClassFile format;

  private StackMaps(JarFile jar) {
    this.jar = jar;
    // What is not there, as what picocli needs for Groovy, is taken for a child of Object.
    ClassHierarchyResolver resolver =
        ClassHierarchyResolver.ofResourceParsing(this::content)
            .orElse(ClassHierarchyResolver.defaultResolver())
            .orElse(_ -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object));
    format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(resolver));
  }

  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    Path renewed = jar.resolveSibling(jar.getFileName() + ".new");
    try (JarFile from = new JarFile(jar.toFile(), false);
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(renewed));
        JarOutputStream to = new JarOutputStream(file)) {
      new StackMaps(from).copyTo(to);
    }
    Files.move(renewed, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private void copyTo(JarOutputStream to) throws IOException {
    for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      byte[] content = jar.getInputStream(entry).readAllBytes();
      JarEntry copy = new JarEntry(entry.getName());
      copy.setTime(entry.getTime());
      to.putNextEntry(copy);
      to.write(entry.getName().endsWith(".class") && isOld(content) ? withMaps(content) : content);
      to.closeEntry();
    }
  }

  private static boolean isOld(byte[] content) {
    return ((content[MAJOR] & 0xff) << 8 | content[MAJOR + 1] & 0xff) < FIRST_WITH_MAPS;
  }

  /** The class with stack maps; as it is if a JVM would not take it with them. */
  private byte[] withMaps(byte[] content) {
    ClassTransform bodies = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    ClassTransform version =
        (builder, element) ->
            builder.with(
                element instanceof ClassFileVersion ? ClassFileVersion.of(WRITTEN, 0) : element);
    byte[] renewed = format.transformClass(format.parse(content), bodies.andThen(version));
    return format.verify(renewed).isEmpty() ? renewed : content;
  }

  private InputStream content(ClassDesc type) {
    String name = type.descriptorString();
    JarEntry entry = jar.getJarEntry(name.substring(1, name.length() - 1) + ".class");
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

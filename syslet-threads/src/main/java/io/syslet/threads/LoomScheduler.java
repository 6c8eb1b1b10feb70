package io.syslet.threads;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The default scheduler where a JDK takes one by its class's name: the builds of project Loom, in
 * whose {@code Thread.VirtualThreadScheduler} each method is told last of a {@link Runnable} that
 * is to run. JDK 25 has no such type, so the class is made here, and finds us among the system
 * properties.
 */
final class LoomScheduler {
  private static final String TYPE = "java.lang.Thread$VirtualThreadScheduler";
  private static final String PROPERTY = "jdk.virtualThreadScheduler.implClass";
  private static final String NAME = "syslet.Threadlets";

  /** A key of the system properties. */
  private static final String POOL = "syslet.threadlets.pool";

  private static final ClassDesc PROPERTIES = ClassDesc.of("java.util.Properties");
  private static final ClassDesc RUNNABLE = ClassDesc.of("java.lang.Runnable");
  private static final ClassDesc EXECUTOR = ClassDesc.of("java.util.concurrent.Executor");

  private LoomScheduler() {}

  /** The JDK's type of schedulers, if it has one. */
  static Optional<Class<?>> type() {
    try {
      return Optional.of(Class.forName(TYPE));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Names the class to the JDK, which makes a scheduler of it with the first virtual thread. */
  static void install(Class<?> type, Executor pool) {
    Object _ = make(type, ClassLoader.getSystemClassLoader(), pool);
    System.setProperty(PROPERTY, NAME);
  }

  /** Defines the class, and makes an instance, which hands on what it gets to an executor. */
  static Object make(Class<?> type, ClassLoader loader, Executor pool) {
    System.getProperties().put(POOL, pool);
    byte[] bytes = ClassFile.of().build(ClassDesc.of(NAME), made -> describe(made, type));
    try {
      Method define =
          ClassLoader.class.getDeclaredMethod(
              "defineClass", String.class, byte[].class, int.class, int.class);
      define.setAccessible(true);
      Class<?> defined = (Class<?>) define.invoke(loader, NAME, bytes, 0, bytes.length);
      return defined.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("this JDK wants another " + TYPE, e);
    }
  }

  /** Both constructors that there were in the builds so far, and all methods. */
  private static void describe(ClassBuilder made, Class<?> type) {
    ClassDesc described = type.describeConstable().orElseThrow();
    made.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL).withInterfaceSymbols(described);
    constructor(made, ConstantDescs.MTD_void);
    constructor(made, MethodTypeDesc.of(ConstantDescs.CD_void, described));
    Arrays.stream(type.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .forEach(method -> method(made, method));
  }

  private static void constructor(ClassBuilder made, MethodTypeDesc parameters) {
    made.withMethodBody(
        ConstantDescs.INIT_NAME,
        parameters,
        ClassFile.ACC_PUBLIC,
        code ->
            code.aload(0)
                .invokespecial(
                    ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_());
  }

  private static void method(ClassBuilder made, Method method) {
    MethodTypeDesc parameters =
        MethodTypeDesc.of(
            ConstantDescs.CD_void,
            Arrays.stream(method.getParameterTypes())
                .map(type -> type.describeConstable().orElseThrow())
                .toList());
    made.withMethodBody(
        method.getName(),
        parameters,
        ClassFile.ACC_PUBLIC,
        code -> handOn(code, parameters.parameterCount()));
  }

  private static void handOn(CodeBuilder code, int last) {
    code.invokestatic(
            ClassDesc.of("java.lang.System"), "getProperties", MethodTypeDesc.of(PROPERTIES))
        .ldc(POOL)
        .invokevirtual(
            PROPERTIES, "get", MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object))
        .checkcast(EXECUTOR)
        .aload(last)
        .checkcast(RUNNABLE)
        .invokeinterface(EXECUTOR, "execute", MethodTypeDesc.of(ConstantDescs.CD_void, RUNNABLE))
        .return_();
  }
}

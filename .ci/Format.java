import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Runs google-java-format over every source of the project: {@code Format check|replace|skip ROOT}.
 * {@code target/formatted} holds the digests of the contents that it found well formatted before;
 * those are not looked at again.
 */
final class Format {
  public static void main(String[] args) throws Exception {
    if (args[0].equals("skip")) {
      return;
    }
    boolean replace = args[0].equals("replace");
    Path root = Path.of(args[1]);
    Path seen = root.resolve("target/formatted");
    Set<String> known =
        Files.exists(seen) ? new TreeSet<>(Files.readAllLines(seen)) : new TreeSet<>();
    List<Path> sources = sources(root);
    List<Path> unknown = sources.stream().filter(s -> !known.contains(digest(s))).toList();
    int status = unknown.isEmpty() ? 0 : format(replace, unknown);
    if (status == 0) {
      Files.write(seen, sources.stream().map(Format::digest).sorted().toList());
    }
    System.exit(status);
  }

  private static int format(boolean replace, List<Path> sources) throws Exception {
    List<String> command =
        new ArrayList<>(
            replace ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    sources.forEach(source -> command.add(source.toString()));
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int status = new Main(out, err, System.in).format(command.toArray(String[]::new));
    if (status != 0) {
      err.println("not formatted (see the files named above): mvn -N validate -Dformat=replace");
    }
    return status;
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(Format::isSource).sorted().toList();
    }
  }

  private static boolean isSource(Path path) {
    String name = path.toString();
    return name.endsWith(".java") && !name.contains("/target/");
  }

  private static String digest(Path source) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(source)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

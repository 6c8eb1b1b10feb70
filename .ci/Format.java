import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs google-java-format over every source of the project: {@code Format check|replace ROOT}. */
final class Format {
  public static void main(String[] args) throws Exception {
    boolean replace = args[0].equals("replace");
    List<String> command =
        new ArrayList<>(
            replace ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    try (Stream<Path> tree = Files.walk(Path.of(args[1]))) {
      tree.filter(Format::isSource).map(Path::toString).sorted().forEach(command::add);
    }
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int status = new Main(out, err, System.in).format(command.toArray(String[]::new));
    if (status != 0) {
      err.println("not formatted (see the files named above): mvn -N validate -Dformat=replace");
    }
    System.exit(status);
  }

  private static boolean isSource(Path path) {
    String name = path.toString();
    return name.endsWith(".java") && !name.contains("/target/");
  }
}

package io.syslet.bench.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for as long as a measurement takes. */
record Folder(Path path) implements AutoCloseable {
  static Folder make() throws IOException {
    return new Folder(Files.createTempDirectory("syslet-bench"));
  }

  /** The folder to serve, in it. */
  Path root() throws IOException {
    return Files.createDirectories(path.resolve("root"));
  }

  /** Makes directories with files of 100 bytes in the {@link #root}. */
  void plant(int directories, int files) throws IOException {
    for (int i = 0; i < directories; i++) {
      Path directory = Files.createDirectories(root().resolve("d" + i % 20).resolve("d" + i));
      for (int j = 0; j < files; j++) {
        Files.write(directory.resolve("file" + j), new byte[100]);
      }
    }
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(path)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}

package io.syslet.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Random;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the file system on a folder that is served. */
@SuppressWarnings("NullAway.Init") // opened by each test as it needs it
abstract class OnServedFolder {
  @TempDir static java.nio.file.Path temp;
  static ServedFolder served;
  FileSystem fs;

  @BeforeAll
  static void serve() throws Exception {
    served = new ServedFolder(temp);
  }

  @AfterAll
  static void end() {
    served.close();
  }

  @AfterEach
  void close() throws Exception {
    if (fs != null) {
      fs.close();
    }
  }

  static java.nio.file.Path folder(String name) throws IOException {
    return Files.createDirectories(served.root.resolve(name));
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}

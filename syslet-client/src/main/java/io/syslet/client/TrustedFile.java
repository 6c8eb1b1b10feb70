package io.syslet.client;

import io.syslet.Stat;
import java.io.IOException;
import java.nio.file.Path;

/** A file that says whom to trust, or what to do: it must be nobody else's to write. */
public final class TrustedFile {
  private TrustedFile() {}

  /**
   * Checks that a file, and each folder on the way to it, belongs to us or to root, and that no
   * other user may write it.
   *
   * @return the path.
   * @throws IOException with one line that says what is in the way, and where.
   */
  public static Path check(Path file) throws IOException {
    try (TrustedPath found = TrustedPath.find(file)) {
      FileFacts facts = found.facts();
      if (facts.type() == Stat.S_IFDIR) {
        throw new IOException(file + ": a folder");
      }
      if (facts.isWritableByOthers()) {
        throw new IOException(file + ": others may write it, mode " + facts.octal());
      }
      return file;
    }
  }
}

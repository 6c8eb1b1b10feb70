package io.syslet.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.contract.AbstractFSContract;

/** The file system that Hadoop's contract tests try, over one server for all of them. */
final class SysletContract extends AbstractFSContract {
  private final String kind;

  SysletContract(Configuration conf, String kind) {
    super(conf);
    this.kind = kind;
    addConfResource("contract/syslet.xml");
    Shared.FOLDER.configure(getConf());
  }

  @Override
  public FileSystem getTestFileSystem() throws IOException {
    return FileSystem.get(URI.create(Shared.FOLDER.uri(kind)), getConf());
  }

  @Override
  public String getScheme() {
    return DoorKeys.SCHEME;
  }

  @Override
  public org.apache.hadoop.fs.Path getTestPath() {
    return new org.apache.hadoop.fs.Path(Shared.FOLDER.uri(kind) + "test-" + kind);
  }

  private static final class Shared {
    static final ServedFolder FOLDER = make();

    private static ServedFolder make() {
      try {
        Path folder = Files.createTempDirectory("contract");
        return new ServedFolder(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

package io.syslet.hadoop;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/**
 * {@link SysletFileSystem} for a {@code FileContext}, where {@code
 * fs.AbstractFileSystem.syslet.impl} names this class.
 */
public final class SysletFs extends DelegateToFileSystem {
  /**
   * For Hadoop.
   *
   * @throws IOException if the configuration names no server.
   */
  public SysletFs(URI uri, Configuration conf) throws IOException, URISyntaxException {
    super(uri, new SysletFileSystem(), conf, DoorKeys.SCHEME, false);
  }
}

package io.syslet.hadoop;

import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.ContentSummary;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.impl.OpenFileParameters;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.fs.statistics.IOStatistics;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;
import org.apache.hadoop.fs.statistics.StoreStatisticNames;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a {@code syslet serve} serves: {@code syslet://HOST:PORT/PATH} over TLS, {@code
 * syslet:///PATH} by the socket of a server on this host. {@link DoorKeys} has the keys of its
 * configuration. Paths begin at the served root; what may be changed is the server's to grant.
 *
 * <p>Any thread. A thread that is interrupted gets an {@link java.io.InterruptedIOException}. A
 * server that is lost is waited for, and what can be done again is done again.
 */
public final class SysletFileSystem extends FileSystem implements IOStatisticsSource {
  private static final Path ROOT = new Path("/");

  private @Nullable DoorParts parts;
  private URI uri = URI.create(DoorKeys.SCHEME + ":///");
  private Path working = ROOT;

  /** For Hadoop, which calls {@link #initialize}. */
  public SysletFileSystem() {}

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    setConf(conf);
    String authority = name.getAuthority();
    uri = URI.create(DoorKeys.SCHEME + "://" + (authority == null ? "/" : authority));
    parts = new DoorParts(uri, DoorOptions.of(uri, conf), statistics);
    working = makeQualified(ROOT);
  }

  private DoorParts parts() {
    return Objects.requireNonNull(parts, "initialize() was not called");
  }

  private DoorParts reading(String operation) {
    parts().statistics.count(operation);
    return parts();
  }

  private DoorParts changing(String operation) {
    parts().statistics.countChange(operation);
    return parts();
  }

  private RemotePath at(Path path) throws IOException {
    checkPath(path);
    return RemotePath.of(makeQualified(path));
  }

  private FsPermission masked(@Nullable FsPermission wanted, FsPermission usual) {
    return (wanted == null ? usual : wanted).applyUMask(FsPermission.getUMask(getConf()));
  }

  @Override
  public String getScheme() {
    return DoorKeys.SCHEME;
  }

  @Override
  public URI getUri() {
    return uri;
  }

  /** There are no tokens: who we are is said by TLS, or known of a socket's other side. */
  @Override
  public @Nullable String getCanonicalServiceName() {
    return null;
  }

  @Override
  public Path getWorkingDirectory() {
    return working;
  }

  @Override
  public void setWorkingDirectory(Path path) {
    working = makeQualified(path);
  }

  /** The root: a folder that is served need have none for its users. */
  @Override
  public Path getHomeDirectory() {
    return makeQualified(ROOT);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return reading(StoreStatisticNames.OP_OPEN).streams.open(at(path), "");
  }

  @Override
  protected CompletableFuture<FSDataInputStream> openFileWithOptions(
      Path path, OpenFileParameters parameters) throws IOException {
    OpenOptions.check(path, parameters);
    RemotePath at = at(path);
    FileStreams streams = reading(StoreStatisticNames.OP_OPEN).streams;
    return OpenOptions.begin(() -> streams.open(at, OpenOptions.policies(parameters)));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      @Nullable FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      @Nullable Progressable progress)
      throws IOException {
    FsPermission folders = masked(null, FsPermission.getDirDefault());
    return changing(StoreStatisticNames.OP_CREATE)
        .streams
        .createWithFolders(
            at(path), masked(permission, FsPermission.getFileDefault()), folders, overwrite);
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      @Nullable FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      @Nullable Progressable progress)
      throws IOException {
    boolean overwrite = flags.contains(CreateFlag.OVERWRITE);
    return changing(StoreStatisticNames.OP_CREATE)
        .streams
        .create(at(path), masked(permission, FsPermission.getFileDefault()), overwrite);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, @Nullable Progressable progress)
      throws IOException {
    return changing(StoreStatisticNames.OP_APPEND).streams.append(at(path));
  }

  @Override
  public boolean truncate(Path path, long length) throws IOException {
    changing(StoreStatisticNames.OP_TRUNCATE).properties.truncate(at(path), length);
    return true;
  }

  @Override
  public boolean mkdirs(Path path, @Nullable FsPermission permission) throws IOException {
    FsPermission masked = masked(permission, FsPermission.getDirDefault());
    changing(StoreStatisticNames.OP_MKDIRS).names.mkdirs(at(path), masked);
    return true;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return changing(StoreStatisticNames.OP_RENAME).names.rename(at(from), at(to));
  }

  /** In one step, as rename(2): a reader of the name sees the old file or the new one. */
  @Override
  @SuppressWarnings("deprecation") // what a FileContext calls
  protected void rename(Path from, Path to, Options.Rename... options) throws IOException {
    boolean replaces = java.util.Arrays.asList(options).contains(Options.Rename.OVERWRITE);
    NameChanges names = changing(StoreStatisticNames.OP_RENAME).names;
    names.move(at(from), at(to), replaces);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return changing(StoreStatisticNames.OP_DELETE).names.delete(at(path), recursive);
  }

  @Override
  public BulkDelete createBulkDelete(Path path) {
    checkPath(path);
    return new BulkRemoval(parts().door, parts().statistics, makeQualified(path));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return reading(StoreStatisticNames.OP_GET_FILE_STATUS).names.status(at(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return reading(StoreStatisticNames.OP_LIST_STATUS).listings.all(at(path));
  }

  @Override
  public RemoteIterator<FileStatus> listStatusIterator(Path path) throws IOException {
    return reading(StoreStatisticNames.OP_LIST_STATUS).listings.in(at(path));
  }

  @Override
  protected RemoteIterator<LocatedFileStatus> listLocatedStatus(Path path, PathFilter filter)
      throws IOException {
    return reading(StoreStatisticNames.OP_LIST_LOCATED_STATUS)
        .listings
        .located(at(path), false, status -> filter.accept(status.getPath()));
  }

  @Override
  public RemoteIterator<LocatedFileStatus> listFiles(Path path, boolean recursive)
      throws IOException {
    return reading(StoreStatisticNames.OP_LIST_FILES)
        .listings
        .located(at(path), recursive, FileStatus::isFile);
  }

  @Override
  public ContentSummary getContentSummary(Path path) throws IOException {
    return reading(StoreStatisticNames.OP_GET_CONTENT_SUMMARY).listings.summary(at(path));
  }

  @Override
  public BlockLocation @Nullable [] getFileBlockLocations(
      @Nullable FileStatus file, long start, long length) {
    if (file == null) {
      return null;
    }
    if (start < 0 || length < 0) {
      throw new IllegalArgumentException("negative: " + start + ", " + length);
    }
    return parts().statuses.locations(file.getLen(), start, length);
  }

  @Override
  public long getDefaultBlockSize(Path path) {
    return parts().door.options.blockSize();
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    changing(StoreStatisticNames.OP_SET_PERMISSION).properties.permission(at(path), permission);
  }

  @Override
  public void setTimes(Path path, long modified, long read) throws IOException {
    changing(StoreStatisticNames.OP_SET_TIMES).properties.times(at(path), modified, read);
  }

  @Override
  public void access(Path path, FsAction action) throws IOException {
    reading(StoreStatisticNames.OP_ACCESS).properties.access(at(path), action);
  }

  @Override
  public FsStatus getStatus(@Nullable Path path) throws IOException {
    return reading(StoreStatisticNames.OP_GET_STATUS)
        .properties
        .room(at(path == null ? ROOT : path));
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    return DoorParts.isCapableOf(capability) || super.hasPathCapability(path, capability);
  }

  @Override
  public IOStatistics getIOStatistics() {
    return parts().statistics.counts;
  }

  @Override
  public void close() throws IOException {
    super.close();
    if (parts != null) {
      parts.door.close();
    }
  }
}

package io.syslet.hadoop;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Times listings of a tree: {@code bench/hadoop.sh} runs it. Each is made once with a warm JVM and
 * a server of its own, after a command that has the caches forget the tree.
 */
final class ListingReport {
  private static final Logger LOG = Logger.getLogger("org.apache.hadoop");

  private final java.nio.file.Path tree;
  private final String reset;
  private final java.nio.file.Path work = Files.createTempDirectory("listing");
  private final Pki pki = Pki.in(work.resolve("pki"));
  private final int port = freePort();
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
  private long files;

  private ListingReport(java.nio.file.Path tree, String reset) throws Exception {
    this.tree = tree;
    this.reset = reset;
  }

  private interface Listing {
    long files(FileSystem fs, Path root) throws IOException;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A tree, a command that makes it cold, and how often. */
  public static void main(String[] arguments) throws Exception {
    LOG.setLevel(Level.SEVERE);
    ListingReport report = new ListingReport(java.nio.file.Path.of(arguments[0]), arguments[1]);
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      report.round();
    }
    report.print();
  }

  /** Not {@code listFiles} of file:, which without a native library is a process for each file. */
  private void round() throws Exception {
    file("`file:`, one `listStatus` after the other", ListingReport::oneByOne);
    served("`syslet:///`, one `listStatus` after the other", "unix", ListingReport::oneByOne);
    served("`syslet:///`, `listFiles`", "unix", ListingReport::recursive);
    served("`syslet://` by TLS, one `listStatus` after the other", "tls", ListingReport::oneByOne);
    served("`syslet://` by TLS, `listFiles`", "tls", ListingReport::recursive);
  }

  private void file(String name, Listing listing) throws Exception {
    try (FileSystem fs = FileSystem.newInstance(URI.create("file:///"), new Configuration(false))) {
      time(name, fs, new Path(tree.toUri()), new Path(warm().toUri()), listing);
    }
  }

  /** A little tree, on which the code gets warm. */
  private java.nio.file.Path warm() throws IOException {
    java.nio.file.Path warm = work.resolve("warm");
    for (int i = 0; i < 200 && !Files.exists(warm.resolve("d199/f9")); i++) {
      java.nio.file.Path folder = Files.createDirectories(warm.resolve("d" + i));
      for (int j = 0; j < 10; j++) {
        Files.createFile(folder.resolve("f" + j));
      }
    }
    return warm;
  }

  private void served(String name, String kind, Listing listing) throws Exception {
    Configuration conf = new Configuration(false);
    ServedFolder.configure(conf, pki);
    conf.set(DoorKeys.SOCKET, work.resolve("sock").toString());
    boolean isUnix = kind.equals("unix");
    String listen = isUnix ? "unix:" + work.resolve("sock") : "tls:localhost:" + port;
    URI uri = URI.create(isUnix ? "syslet:///" : "syslet://localhost:" + port + "/");
    Path root = new Path(uri.toString());
    // The whole root: a server that has the tree open would be in the way of those that unmount it.
    try (AutoCloseable server =
            new ServerProcess(List.of(), listen, java.nio.file.Path.of("/"), pki, "");
        FileSystem fs = FileSystem.newInstance(uri, conf)) {
      assert server != null;
      Path below = new Path(root, tree.toString().substring(1));
      time(name, fs, below, new Path(root, warm().toString().substring(1)), listing);
    }
  }

  private void time(String name, FileSystem fs, Path root, Path warm, Listing listing)
      throws Exception {
    for (int i = 0; i < 5; i++) {
      listing.files(fs, warm);
    }
    reset();
    long begin = System.nanoTime();
    long found = listing.files(fs, root);
    double took = (System.nanoTime() - begin) / 1e9;
    if (files != 0 && files != found) {
      throw new IllegalStateException(name + ": " + found + " files, not " + files);
    }
    files = found;
    seconds.computeIfAbsent(name, n -> new ArrayList<>()).add(took);
    System.err.printf(Locale.ROOT, "%s: %.2f s, %d files%n", name, took, found);
  }

  private void reset() throws Exception {
    int status = new ProcessBuilder("sh", "-c", reset).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(reset + ": " + status);
    }
  }

  private static long recursive(FileSystem fs, Path root) throws IOException {
    long count = 0;
    RemoteIterator<LocatedFileStatus> all = fs.listFiles(root, true);
    while (all.hasNext()) {
      all.next();
      count++;
    }
    return count;
  }

  private static long oneByOne(FileSystem fs, Path root) throws IOException {
    long count = 0;
    ArrayDeque<Path> folders = new ArrayDeque<>(List.of(root));
    while (!folders.isEmpty()) {
      for (FileStatus status : fs.listStatus(folders.removeLast())) {
        if (status.isDirectory()) {
          folders.addLast(status.getPath());
        } else {
          count++;
        }
      }
    }
    return count;
  }

  private void print() {
    System.out.printf("%d files, each listed cold; seconds%n%n", files);
    System.out.println("| listing | median | files a second |");
    System.out.println("| --- | --- | --- |");
    seconds.forEach(
        (name, all) -> {
          Collections.sort(all);
          double median = all.get(all.size() / 2);
          System.out.printf(Locale.ROOT, "| %s | %.2f | %,.0f |%n", name, median, files / median);
        });
  }
}

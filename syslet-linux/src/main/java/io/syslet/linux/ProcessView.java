package io.syslet.linux;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kernels and schedulers of another process, found among its descriptors, which the same user
 * may look at, and root. One thread at a time.
 */
public final class ProcessView implements AutoCloseable {
  private static final String LINK = "/memfd:" + SharedLayout.FILE;

  private final Path descriptors;
  private final Map<Object, SchedulerView> views = new HashMap<>();

  /** Of the process with a number. */
  public ProcessView(long pid) {
    this.descriptors = Path.of("/proc", Long.toString(pid), "fd");
  }

  /**
   * Those that there are now, in the order in which they were made. Each is valid until the next
   * call finds it gone.
   *
   * @throws NoSuchFileException if there is no such process.
   * @throws AccessDeniedException if it is another user's.
   * @throws IOException if its syslet is of another version.
   */
  public List<SchedulerView> schedulers() throws IOException {
    Map<Object, SchedulerView> found = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
      for (Path file : files) {
        if (isOurs(file)) {
          add(found, file);
        }
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw new NoSuchFileException(descriptors.toString());
    }
    views.entrySet().stream()
        .filter(old -> !found.containsKey(old.getKey()))
        .forEach(gone -> gone.getValue().close());
    views.clear();
    views.putAll(found);
    return sorted(found.values());
  }

  private static List<SchedulerView> sorted(Collection<SchedulerView> found) {
    List<SchedulerView> sorted = new ArrayList<>(found);
    sorted.sort(
        java.util.Comparator.comparingLong(SchedulerView::openedAt)
            .thenComparing(SchedulerView::name));
    return sorted;
  }

  private static boolean isOurs(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith(LINK);
    } catch (IOException e) {
      return false;
    }
  }

  /** The file may be closed at any moment: then it is as if it had not been there. */
  private void add(Map<Object, SchedulerView> found, Path file) throws IOException {
    try {
      @Nullable Object key = Files.readAttributes(file, "fileKey").get("fileKey");
      if (key != null) {
        SchedulerView known = views.get(key);
        found.put(key, known == null ? SchedulerView.open(file) : known);
      }
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) {
      return;
    }
  }

  @Override
  public void close() {
    views.values().forEach(SchedulerView::close);
    views.clear();
  }
}

package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.client.RefusedException;
import io.syslet.client.RemoteKernel;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import io.syslet.server.journal.Journal;
import io.syslet.server.journal.JournalOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Something happens to the journal's files below a running server, or between two. */
class LostJournalTest {
  private static final long DATA = 7;

  @TempDir private Path temp;

  /** What others do to it. */
  enum Trouble {
    REMOVED {
      @Override
      void befall(Path journal) throws IOException {
        removeRuns(journal);
      }
    },
    FOLDER_MOVED {
      @Override
      void befall(Path journal) throws IOException {
        Files.move(journal, journal.resolveSibling("elsewhere"));
      }
    },
    EXCHANGED {
      @Override
      void befall(Path journal) throws IOException {
        Path file = file(journal);
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        Files.write(file, content);
      }
    },
    CUT {
      @Override
      void befall(Path journal) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file(journal).toFile(), "rw")) {
          file.setLength(5000);
        }
      }
    },
    SCRIBBLED {
      @Override
      void befall(Path journal) throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        write(journal, noise);
      }
    },
    ZEROED {
      @Override
      void befall(Path journal) throws IOException {
        write(journal, new byte[1 << 20]);
      }
    };

    abstract void befall(Path journal) throws IOException;

    private static void write(Path journal, byte[] bytes) throws IOException {
      try (RandomAccessFile file = new RandomAccessFile(file(journal).toFile(), "rw")) {
        file.write(bytes);
      }
    }

    private static Path file(Path journal) throws IOException {
      try (Stream<Path> files = Files.walk(journal)) {
        return files.filter(file -> file.toString().endsWith(".cq4")).sorted().toList().getLast();
      }
    }

    static void removeRuns(Path journal) throws IOException {
      try (Stream<Path> files = Files.walk(journal)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          if (!file.equals(journal) && !file.endsWith("lock")) {
            Files.delete(file);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REMOVED, page-cache", "REMOVED, fsync",
    "FOLDER_MOVED, page-cache", "FOLDER_MOVED, fsync",
    "EXCHANGED, page-cache", "EXCHANGED, fsync",
    "CUT, page-cache", "CUT, fsync",
    "SCRIBBLED, page-cache", "SCRIBBLED, fsync",
    "ZEROED, page-cache", "ZEROED, fsync"
  })
  void whatWasAcceptedEndsByAnErrorAndNothingNewIsTaken(Trouble trouble, String durability)
      throws Exception {
    try (Served served = Served.in(temp, options -> options.durability = durability);
        RemoteKernel kernel = served.connect("unix")) {
      CompletionRing ring = CompletionRing.allocate(kernel.arena(), 8, 1);
      CallSlots slots = CallSlots.allocate(kernel.arena(), 1, ring);
      readNothing(kernel, slots);
      trouble.befall(temp.resolve("sock.journal"));
      assertThat(kernel.ringWait(ring, ring.tail())).isZero();
      assertThat(ring.statusAt(ring.tail())).isEqualTo(-Errno.EIO);
      assertThat(ring.callerDataAt(ring.tail())).isEqualTo(DATA);
      assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isEqualTo(-Errno.EIO);
      assertThatThrownBy(() -> served.connect("tls"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("the journal cannot be written");
      HttpResponse<String> health = health(Objects.requireNonNull(served.server().page()));
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("the journal cannot be written: ");
    }
  }

  private static void readNothing(RemoteKernel kernel, CallSlots slots) {
    long fds = kernel.arena().allocate(8, 8).address();
    assertThat(kernel.syscall(Nr.PIPE2, fds, 0, 0)).isZero();
    slots.set(0, DATA, Nr.READ, Memory.getInt(fds), fds, 1, 0, 0, 0);
    assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(1);
    assertThat(slots.status(0)).isEqualTo(-Syslet.ESYSLETPENDING);
  }

  private static HttpResponse<String> health(InetSocketAddress page) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + page.getPort() + "/health");
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REMOVED", "SCRIBBLED", "ZEROED"})
  void whatBefellItBetweenTwoServersIsSaid(Trouble trouble) throws Exception {
    Path journal = temp.resolve("sock.journal");
    try (Served served = Served.in(temp);
        RemoteKernel kernel = served.connect("unix")) {
      assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
    }
    trouble.befall(journal);
    try (Journal next = Journal.open(journal, served())) {
      assertThat(next.loss().isNone()).as(next.loss().text()).isFalse();
    }
    try (Journal afterwards = Journal.open(journal, served())) {
      assertThat(afterwards.loss().isNone()).as("it is said once").isTrue();
    }
  }

  @Test
  void aJournalThatWasClosedWellHasLostNothing() throws Exception {
    Served.in(temp).close();
    try (Journal next = Journal.open(temp.resolve("sock.journal"), served())) {
      assertThat(next.loss().text()).isEmpty();
    }
  }

  private static JournalOptions served() {
    return new OptionReader(new ServerOptions()).settings().journalOptions();
  }
}

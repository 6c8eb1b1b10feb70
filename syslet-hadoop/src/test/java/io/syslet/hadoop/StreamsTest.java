package io.syslet.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Sys;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileRange;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written and read, beyond what Hadoop's own tests ask. */
class StreamsTest extends OnServedFolder {
  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void whatIsWrittenIsRead(String kind) throws Exception {
    fs = served.open(kind, conf -> conf.set(DoorKeys.CHUNK, "16k"));
    byte[] bytes = random(1_000_003);
    Path path = new Path("/written-" + kind);
    try (FSDataOutputStream out = fs.create(path)) {
      for (int at = 0; at < bytes.length; ) {
        int count = Math.min(1 + at % 50_000, bytes.length - at);
        out.write(bytes, at, count);
        at += count;
      }
      assertThat(out.getPos()).isEqualTo(bytes.length);
    }
    assertThat(Files.readAllBytes(served.root.resolve("written-" + kind))).isEqualTo(bytes);
    try (FSDataInputStream in = fs.open(path)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
      assertThat(in.read()).isEqualTo(-1);
      in.seek(77_777);
      byte[] some = in.readNBytes(100_000);
      assertThat(some).isEqualTo(Arrays.copyOfRange(bytes, 77_777, 177_777));
      byte[] all = new byte[bytes.length];
      in.readFully(0, all);
      assertThat(all).isEqualTo(bytes);
      ByteBuffer direct = ByteBuffer.allocateDirect(300_000);
      in.readFully(5, direct);
      assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(bytes, 5, 300_000));
      assertThatThrownBy(() -> in.readFully(1, all)).isInstanceOf(EOFException.class);
      assertThat(in.getPos()).isEqualTo(177_777);
    }
  }

  /** A buffer that goes back to a pool must not be written to any more. */
  @Test
  void aRangeBehindTheEndGivesItsBufferBackWhenAllItsReadsHaveEnded() throws Exception {
    fs = served.open("unix", conf -> conf.set(DoorKeys.CHUNK, "4k"));
    Files.write(served.root.resolve("short"), random(50_000));
    List<ByteBuffer> released = Collections.synchronizedList(new ArrayList<>());
    FileRange range = FileRange.createFileRange(0, 100_000);
    try (FSDataInputStream in = fs.open(new Path("/short"))) {
      in.readVectored(List.of(range), ByteBuffer::allocate, released::add);
      assertThatThrownBy(() -> range.getData().get()).hasCauseInstanceOf(EOFException.class);
      assertThat(released).hasSize(1);
      assertThat(Arrays.copyOf(released.getFirst().array(), 50_000)).isEqualTo(random(50_000));
    }
  }

  @Test
  void eachPolicyOfReadingReadsTheSame() throws Exception {
    fs = served.open("unix", conf -> conf.set(DoorKeys.CHUNK, "16k"));
    byte[] bytes = random(400_000);
    Files.write(served.root.resolve("policies"), bytes);
    for (String policy :
        Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICIES.toArray(new String[0])) {
      try (FSDataInputStream in =
          fs.openFile(new Path("/policies"))
              .must(Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, policy)
              .build()
              .get()) {
        assertThat(in.readAllBytes()).as(policy).isEqualTo(bytes);
      }
    }
  }

  @Test
  void whatCannotBeWrittenCannotByTheByteEither() throws Exception {
    try (HeldLoop held = new HeldLoop(served)) {
      RemoteFile file = held.open("/fails", Sys.O_WRONLY | Sys.O_CREAT);
      SysletOutputStream out = new SysletOutputStream(file, 0, counted());
      out.write(random(HeldLoop.CHUNK - 1));
      file.close();
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(ClosedChannelException.class);
      }
    }
  }

  @Test
  void whoReadsSeesWhatIsAppended() throws Exception {
    fs = served.open("unix");
    Path path = new Path("/grows");
    fs.create(path).close();
    try (FSDataInputStream in = fs.open(path);
        FSDataOutputStream out = fs.append(path)) {
      assertThat(in.read()).isEqualTo(-1);
      out.write(random(100));
      out.hsync();
      assertThat(in.readNBytes(200)).isEqualTo(random(100));
      in.seek(100);
      assertThatThrownBy(() -> in.seek(101)).isInstanceOf(EOFException.class);
    }
    assertThat(fs.truncate(path, 10)).isTrue();
    assertThat(fs.getFileStatus(path).getLen()).isEqualTo(10);
  }

  // ---- a descriptor is another file's as soon as it is closed

  private static DoorStatistics counted() {
    return new DoorStatistics(new FileSystem.Statistics(DoorKeys.SCHEME));
  }

  @Test
  void aStreamThatAnInterruptEndsWritesIntoNoOtherFile() throws Exception {
    try (HeldLoop held = new HeldLoop(served)) {
      RemoteFile file = held.open("/ended", Sys.O_WRONLY | Sys.O_CREAT);
      SysletOutputStream out = new SysletOutputStream(file, 0, counted());
      held.hold();
      out.write(random(HeldLoop.MANY * HeldLoop.CHUNK));
      Thread.currentThread().interrupt();
      assertThatThrownBy(out::close).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(held.letGo("another")).isZero();
    }
  }

  @Test
  void rangesThatAreUnderWayWhenTheStreamIsClosedAreOfItsFile() throws Exception {
    byte[] bytes = random(HeldLoop.MANY * HeldLoop.CHUNK);
    Files.write(served.root.resolve("ranges"), bytes);
    Files.write(served.root.resolve("zeros"), new byte[bytes.length]);
    FileRange range = FileRange.createFileRange(0, bytes.length);
    try (HeldLoop held = new HeldLoop(served)) {
      RemoteFile file = held.open("/ranges", Sys.O_RDONLY);
      PieceReader ahead = new PieceReader(file, HeldLoop.CHUNK, 0, false);
      SysletInputStream in = new SysletInputStream(file, ahead, counted());
      held.hold();
      in.readVectored(List.of(range), ByteBuffer::allocate);
      in.close();
      assertThat(held.letGo("zeros")).isEqualTo(bytes.length);
      assertThat(range.getData().get()).isEqualTo(ByteBuffer.wrap(bytes));
    }
  }
}

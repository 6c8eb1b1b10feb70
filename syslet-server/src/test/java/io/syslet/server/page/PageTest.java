package io.syslet.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.client.RemoteKernel;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import io.syslet.server.Served;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of a real server with real clients, in a real browser. {@code -Dsyslet.screenshot=FILE}
 * keeps what it looks like.
 */
class PageTest {
  private static final int BLOCKED = 8;
  private static final int LOOKS = 1000;
  private static final String IN_FLIGHT = total("in_flight");

  @TempDir Path folder = Path.of("");

  /** A client with calls in flight: reads of a pipe that is empty. */
  private static final class Reader {
    final Kernel kernel;
    final CompletionRing ring;
    final CallSlots slots;
    final int in;
    final int out;
    final long buffer;

    Reader(Kernel kernel) {
      this.kernel = kernel;
      ring = CompletionRing.allocate(kernel.arena(), 64, 0);
      slots = CallSlots.allocate(kernel.arena(), 1, ring);
      buffer = kernel.arena().allocate(64, 8).address();
      assertThat(kernel.syscall(Nr.PIPE2, buffer, 0, 0)).isZero();
      in = Memory.getInt(buffer);
      out = Memory.getInt(buffer + 4);
    }

    void block(int calls) {
      for (int i = 0; i < calls; i++) {
        slots.set(0, i, Nr.READ, in, buffer + 8 + i, 1, 0, 0, 0);
        assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(1);
        assertThat(slots.status(0)).isEqualTo(-Syslet.ESYSLETPENDING);
      }
    }

    void feed(int calls) {
      assertThat(kernel.syscall(Nr.WRITE, out, buffer, calls)).isEqualTo(calls);
      int tail = ring.tail();
      assertThat(kernel.ringWait(ring, tail, calls, Long.MAX_VALUE)).isZero();
      ring.advanceTo(tail + calls);
    }

    void look(int times) {
      long path = CString.allocate(kernel.arena(), "/".getBytes(StandardCharsets.US_ASCII));
      Stat stat = Stat.allocate(kernel.arena());
      for (int i = 0; i < times; i++) {
        assertThat(Sys.fstatat(kernel, Sys.AT_FDCWD, path, 0, stat)).isZero();
      }
    }
  }

  @Test
  void showsWhatTheServerDoesWhileItDoesIt() throws Exception {
    Optional<Path> chromium = Browser.find();
    Assumptions.assumeTrue(chromium.isPresent(), "needs a Chromium on the PATH");
    try (Served served = Served.in(folder, options -> options.http = "127.0.0.1:0");
        RemoteKernel local = served.connect("unix");
        RemoteKernel remote = served.connect("tls");
        Browser browser = Browser.start(chromium.get(), folder.resolve("profile"))) {
      InetSocketAddress address = Objects.requireNonNull(served.server().page());
      browser.open("http://127.0.0.1:" + address.getPort() + "/");
      watch(browser, local, remote);
    }
  }

  private void watch(Browser browser, Kernel local, Kernel remote) throws Exception {
    Reader one = new Reader(local);
    Reader two = new Reader(remote);
    browser.await(IN_FLIGHT + " == 0 && byId('sessions').rows.length == 2");
    one.look(LOOKS);
    one.block(BLOCKED);
    two.block(BLOCKED);
    browser.await(IN_FLIGHT + " == " + 2 * BLOCKED);
    browser.await("byId('timeline').dataset.most == " + 2 * BLOCKED);
    browser.await("byId('sleeping').rows.length == " + 2 * BLOCKED);
    assertThat(browser.evaluate("byId('sleeping').rows[0].textContent").asString())
        .contains("read", "fd " + one.in);
    assertThat(browser.evaluate("byId('health').textContent").asString()).isEqualTo("ok");
    String last = "Number(byId('timeline').dataset.last)";
    long then = browser.evaluate(last).asLong();
    browser.await(last + " > " + (then + 1));
    keepScreenshot(browser);
    one.feed(BLOCKED);
    two.feed(BLOCKED);
    browser.await(IN_FLIGHT + " == 0");
    addsUp(browser);
  }

  private static void addsUp(Browser browser) throws Exception {
    long seen = browser.evaluate("Number(document.body.dataset.refreshed)").asLong();
    browser.await("document.body.dataset.refreshed > " + (seen + 1));
    long calls = figure(browser, "calls");
    assertThat(calls).isGreaterThanOrEqualTo(LOOKS + 2 * BLOCKED);
    assertThat(figure(browser, "completed_inline") + figure(browser, "pending")).isEqualTo(calls);
    assertThat(figure(browser, "pending")).isGreaterThanOrEqualTo(2 * BLOCKED);
    String ofSessions =
        "[...byId('sessions').rows].reduce((sum, r) => sum + Number(r.dataset.calls), 0)";
    assertThat(browser.evaluate(ofSessions).asLong()).isEqualTo(calls);
    assertThat(browser.evaluate("Number(byId('handover').dataset.calls)").asLong())
        .isEqualTo(figure(browser, "pending"));
  }

  private static long figure(Browser browser, String name) throws Exception {
    return browser.evaluate(total(name)).asLong();
  }

  private static String total(String name) {
    return "Number(document.getElementById('total-" + name + "')?.dataset.value)";
  }

  private static void keepScreenshot(Browser browser) throws Exception {
    byte[] png = browser.screenshot();
    assertThat(png).startsWith(0x89, 'P', 'N', 'G');
    String file = System.getProperty("syslet.screenshot");
    if (file != null) {
      Files.write(Path.of(file), png);
    }
  }
}

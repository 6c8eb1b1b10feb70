package io.syslet.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP side, on figures of the test's own; {@code PageTest} has a server's. */
class PageServerTest {
  private final AtomicLong calls = new AtomicLong();
  private volatile boolean healthy = true;
  private PageServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    server =
        PageServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::state);
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private PageState state() {
    long made = calls.addAndGet(10);
    return new PageState(
        healthy,
        healthy ? "ready" : "journal full",
        "/srv",
        3,
        "sentinel",
        new PageState.Totals(1, 2, made, 8, 2, 0, 0, 0, 4, 5, 4096),
        List.of(new PageState.Bucket(8192, 3), new PageState.Bucket(16384, 4)),
        70_000,
        List.of(new PageState.SessionFigures(1, "unix:uid=7", 2, 9, 4, 64, made, 2, 0, 5, true)),
        List.of(
            new PageState.SleepingCall(1, 77, "read", null, 4, 2500),
            new PageState.SleepingCall(1, 78, "read", null, 4, 1500),
            new PageState.SleepingCall(1, 79, "openat", "a\"</td>\n", -1, 30)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    int port = server.address().getPort();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return new String(
          socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/page.js", "/page.css", "/uplot/uPlot.iife.min.js", "/uplot/uPlot.min.css"})
  void servesEveryFileOfThePage(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isNotBlank();
    assertThat(answer.headers().firstValue("content-security-policy")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/../../etc/passwd", "/page.java", "/uplot/", "/state", "/%2e%2e/page.js"})
  void servesNothingElse(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void stateHasFiguresAndOnlySamplesThatAreNewer() throws Exception {
    JsonMapper json = new JsonMapper();
    JsonNode all = json.readTree(get("/state.json").body());
    while (all.at("/samples/time").size() < 3) {
      all = json.readTree(get("/state.json").body());
    }
    assertThat(all.at("/state/totals/in_flight").asLong()).isEqualTo(2);
    assertThat(all.at("/state/sessions/0/peer").asString()).isEqualTo("unix:uid=7");
    long second = all.at("/samples/time/1").asLong();
    JsonNode newer = json.readTree(get("/state.json?since=" + second).body());
    assertThat(newer.at("/samples/time/0").asLong()).isGreaterThan(second);
    assertThat(newer.at("/samples/calls_per_second/0").asLong()).isPositive();
  }

  @Test
  void metricsAreInThePrometheusFormat() throws Exception {
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.headers().firstValue("content-type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body().lines())
        .contains(
            "# TYPE syslet_calls_total counter",
            "syslet_in_flight 2",
            "syslet_ring_unread 5",
            "syslet_hand_over_seconds_bucket{le=\"8.192E-6\"} 3",
            "syslet_hand_over_seconds_bucket{le=\"+Inf\"} 7",
            "syslet_hand_over_seconds_count 7",
            "syslet_sleeping{session=\"1\",call=\"read\"} 2",
            "syslet_sleeping_seconds{session=\"1\",call=\"read\"} 2.5",
            "syslet_sleeping_seconds{session=\"1\",call=\"openat\"} 0.03")
        .allMatch(
            line ->
                line.matches(
                    "# (HELP|TYPE) syslet_.*|syslet_[a-z_]+(\\{[a-z]+=\"[^{}]+\"})? [0-9.E-]+"));
  }

  @Test
  void healthSaysWhetherCallsAreTaken() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    healthy = false;
    HttpResponse<String> ill = get("/health");
    assertThat(ill.statusCode()).isEqualTo(503);
    assertThat(ill.body()).contains("journal full");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "GET /state.json?since=x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "nonsense\r\n\r\n"
      })
  void whatIsNoneOfOursIsRefused(String request) throws Exception {
    assertThat(raw(request)).startsWith("HTTP/1.1 4");
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void theNameOfThisHostMayBeInCapitals() throws Exception {
    assertThat(raw("GET / HTTP/1.1\r\nHost: LOCALHOST:1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void theAddressThatWasAskedForIsAName() throws IOException {
    HostCheck second = new HostCheck(new InetSocketAddress("127.0.0.2", 80));
    assertThat(second.accepts("127.0.0.2:80")).isTrue();
    assertThat(second.accepts("127.0.0.3:80")).isFalse();
    byte[] one = new byte[16];
    one[15] = 1;
    HostCheck sixth = new HostCheck(new InetSocketAddress(InetAddress.getByAddress(one), 80));
    assertThat(sixth.accepts("[0:0:0:0:0:0:0:1]:80")).isTrue();
    InetAddress named = InetAddress.getByAddress("Here", new byte[] {127, 0, 1, 1});
    HostCheck here = new HostCheck(new InetSocketAddress(named, 80));
    assertThat(here.accepts("here:80")).isTrue();
    assertThat(here.accepts("127.0.1.1")).isTrue();
  }

  @Test
  void whoAsksOnAndDoesNotReadIsSentAway() throws Exception {
    String one = "GET /uplot/uPlot.iife.min.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
    long length = get("/uplot/uPlot.iife.min.js").body().length();
    assertThat(received(one.repeat(2000))).isLessThan(2000 * length);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  /** Bytes that come, once all has been said and looked at, before the end or a reset. */
  private long received(String requests) throws Exception {
    long received = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.getOutputStream().write(requests.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      for (int i = 0; i < 100; i++) {
        assertThat(get("/health").statusCode()).as("in its turn").isEqualTo(200);
      }
      byte[] buffer = new byte[1 << 16];
      for (int n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
        received += n;
      }
    } catch (SocketException e) {
      assertThat(e.getMessage()).containsAnyOf("reset", "Broken pipe");
    }
    return received;
  }

  @Test
  void aPortInUseIsAClearError() {
    assertThatThrownBy(() -> PageServer.start(server.address(), this::state))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--http: 127.0.0.1:");
  }
}

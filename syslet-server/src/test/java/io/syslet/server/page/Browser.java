package io.syslet.server.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real headless Chromium with one page, driven through the DevTools protocol. Its profile is a
 * folder of the test's.
 */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int PATIENCE_SECONDS = 60;

  private final JsonMapper json = new JsonMapper();
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final WebSocket socket;
  private String session = "";
  private int commands;

  private Browser(Process process, String address) {
    this.process = process;
    this.socket =
        client.newWebSocketBuilder().buildAsync(URI.create(address), new Listener()).join();
  }

  /** Where a browser is, if anywhere. */
  static Optional<Path> find() {
    Stream<Path> folders = Stream.of(System.getenv("PATH").split(":")).map(Path::of);
    return folders
        .flatMap(folder -> NAMES.stream().map(folder::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with an empty page. */
  static Browser start(Path executable, Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--window-size=1100,1250",
                "--user-data-dir=" + profile)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Browser browser = new Browser(process, address(process, profile.resolve("DevToolsActivePort")));
    browser.attach();
    return browser;
  }

  /** The browser writes its port and path into a file of its profile. */
  private static String address(Process process, Path file) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline && process.isAlive()) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() >= 2) {
        return "ws://127.0.0.1:" + lines.get(0) + lines.get(1);
      }
      Thread.sleep(20);
    }
    process.destroyForcibly();
    throw new IOException("the browser did not start");
  }

  private void attach() throws Exception {
    JsonNode target = send("Target.createTarget", Map.of("url", "about:blank"));
    Map<String, Object> flat =
        Map.of("targetId", target.at("/targetId").asString(), "flatten", true);
    session = send("Target.attachToTarget", flat).at("/sessionId").asString();
    send("Page.enable", Map.of());
  }

  /** Goes to a page. */
  void open(String url) throws Exception {
    send("Page.navigate", Map.of("url", url));
  }

  /** The value of an expression in the page. */
  JsonNode evaluate(String expression) throws Exception {
    Map<String, Object> asked =
        Map.of("expression", expression, "returnByValue", true, "awaitPromise", true);
    JsonNode answer = send("Runtime.evaluate", asked);
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.toString());
    }
    return answer.at("/result/value");
  }

  /** Waits until an expression in the page is true. */
  void await(String condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!evaluate("Boolean(" + condition + ")").asBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("never true: " + condition);
      }
      Thread.sleep(50);
    }
  }

  /** The page as it looks, a PNG. */
  byte[] screenshot() throws Exception {
    JsonNode answer = send("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(answer.at("/data").asString());
  }

  private JsonNode send(String method, Map<String, Object> parameters) throws Exception {
    int id = ++commands;
    Map<String, Object> command =
        session.isEmpty()
            ? Map.of("id", id, "method", method, "params", parameters)
            : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
    socket.sendText(json.writeValueAsString(command), true).join();
    return answerTo(id);
  }

  private JsonNode answerTo(int id) throws Exception {
    for (; ; ) {
      JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null || message.has("error")) {
        throw new IOException("the browser: " + message);
      }
      if (message.at("/id").asInt(0) == id) {
        return message.at("/result");
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(json.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}

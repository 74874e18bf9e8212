package org.cranny.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cranny.cluster.Caller;

/** The requests that {@code docs/protocol/central.md} lists and that are not for everybody. */
final class ApiPage {

    private static final Pattern REQUEST = Pattern.compile("`(GET|POST|PUT|DELETE) (/[^\\s`\\[]*)");

    private ApiPage() {}

    record Request(String method, String path) {

        /** The status of the answer to a caller that shows nothing, on the people's listener. */
        int sendAsNobody(Realm realm) throws IOException {
            String concrete = path.replaceAll("\\{[a-z]+(:[^}]*)?}", "1");
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(realm.api(concrete)))
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            method.equals("GET") || method.equals("DELETE")
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString("{}"));
            return Caller.nobody(realm.status().caFingerprint()).send(request).statusCode();
        }
    }

    static List<Request> requests(Path repository) throws IOException {
        return Files.readAllLines(repository.resolve("docs/protocol/central.md")).stream()
                .filter(line -> line.startsWith("| `") && !line.contains("| nobody yet |"))
                .flatMap(ApiPage::requestsIn)
                .toList();
    }

    private static Stream<Request> requestsIn(String row) {
        Matcher matcher = REQUEST.matcher(row.substring(0, row.indexOf('|', 1)));
        return matcher.results().map(found -> new Request(found.group(1), found.group(2)));
    }
}

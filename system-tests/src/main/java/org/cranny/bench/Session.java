package org.cranny.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.cluster.Caller;

/** Signs in at the login page, as a browser would. */
final class Session {
    private static final Pattern STATE = Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]*value=\"([^\"]+)\"");

    private Session() {}

    /** @return what goes into the header {@code Cookie} @throws IOException when name or password are wrong, too */
    static String begin(Caller nobody, String central, String user, String password) throws IOException {
        HttpResponse<String> page = nobody.get(central + "/login.xhtml");
        Matcher state = STATE.matcher(page.body());
        if (!state.find()) {
            throw new IOException("the login page has no form");
        }
        String form = "login=login&login%3Aname=" + encoded(user) + "&login%3Apassword=" + encoded(password)
                + "&login%3Aenter=login%3Aenter&jakarta.faces.ViewState=" + encoded(state.group(1));
        HttpResponse<String> answer = nobody.send(HttpRequest.newBuilder(URI.create(central + "/login.xhtml"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", cookie(page))
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        if (answer.statusCode() != 302) {
            throw new IOException("the login page answered " + answer.statusCode());
        }
        return cookie(answer);
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(each -> each.substring(0, each.indexOf(';')))
                .filter(each -> each.startsWith("cranny-session="))
                .findFirst()
                .orElse("cranny-session=none");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

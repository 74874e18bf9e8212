package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;

/** Somebody at central's pages who sends what they like: the requests of a browser without the manners of one. */
final class Visit {
    static final String STATE = "jakarta.faces.ViewState";
    private static final String COOKIE = "cranny-session";
    private static final Pattern FORM = Pattern.compile("(?s)<form [^>]*method=\"post\".*?</form>");
    private static final Pattern FIELD = Pattern.compile("<(?:input|button)\\b[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final Caller nobody;
    private final String base;
    private String session;

    private Visit(Realm realm, String session) {
        ClusterStatus status = realm.status();
        this.nobody = Caller.nobody(status.caFingerprint());
        this.base = status.central().url();
        this.session = session;
    }

    /** Nobody, who shows this as the id of a session; null for none. */
    static Visit stranger(Realm realm, String session) {
        return new Visit(realm, session);
    }

    /** The administrator, logged in. */
    static Visit administrator(Realm realm) throws IOException {
        Visit visit = stranger(realm, null);
        ClusterStatus.Central central = realm.status().central();
        HttpResponse<String> answer = visit.logIn(central.user(), central.password());
        assertEquals(302, answer.statusCode());
        return visit;
    }

    HttpResponse<String> logIn(String name, String password) throws IOException {
        Map<String, String> form = form(get("/login.xhtml").body(), "login:enter");
        form.put("login:name", name);
        form.put("login:password", password);
        return post("/login.xhtml", form);
    }

    /** The id of the session that the server set last. */
    String session() {
        return session;
    }

    HttpResponse<String> get(String address) throws IOException {
        return send("GET", address, null);
    }

    HttpResponse<String> post(String address, Map<String, String> form, String... headers) throws IOException {
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return send("POST", address, body.toString(), headers);
    }

    /** @param body null for none @param headers names and values in turn */
    HttpResponse<String> send(String method, String address, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + address))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        if (session != null) {
            request.header("Cookie", COOKIE + "=" + session);
        }
        HttpResponse<String> answer = nobody.send(request);
        cookie(answer).ifPresent(each -> session = each);
        return answer;
    }

    String origin() {
        URI central = URI.create(base);
        return "https://" + central.getHost() + ":" + central.getPort();
    }

    private static Optional<String> cookie(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(each -> each.startsWith(COOKIE + "="))
                .map(each -> each.substring(COOKIE.length() + 1, each.indexOf(';')))
                .findFirst();
    }

    /**
     * The fields of a page's form, as they would be sent with this button.
     *
     * @param button {@code name} or {@code name=value} of a button in the form
     */
    static Map<String, String> form(String page, String button) {
        return forms(page).stream()
                .filter(form -> form.entrySet().stream()
                        .anyMatch(field -> button.equals(field.getKey()) || button.equals(field.toString())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the page has no form with the button " + button + ":\n" + page));
    }

    /** The fields of each form that a page posts, once for each of its buttons. */
    static List<Map<String, String>> forms(String page) {
        List<Map<String, String>> all = new ArrayList<>();
        Matcher forms = FORM.matcher(page);
        while (forms.find()) {
            Map<String, String> fields = new LinkedHashMap<>();
            List<Map<String, String>> buttons = new ArrayList<>();
            Matcher inputs = FIELD.matcher(forms.group());
            while (inputs.find()) {
                Map<String, String> attributes = attributes(inputs.group());
                Map<String, String> field =
                        Map.of(attributes.getOrDefault("name", ""), attributes.getOrDefault("value", ""));
                if (inputs.group().startsWith("<button") || "submit".equals(attributes.get("type"))) {
                    buttons.add(field);
                } else {
                    fields.putAll(field);
                }
            }
            assertTrue(fields.containsKey(STATE), () -> "a form has no token: " + fields);
            for (Map<String, String> button : buttons) {
                Map<String, String> form = new LinkedHashMap<>(fields);
                form.putAll(button);
                all.add(form);
            }
        }
        return all;
    }

    private static Map<String, String> attributes(String tag) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher found = ATTRIBUTE.matcher(tag);
        while (found.find()) {
            attributes.put(found.group(1), found.group(2).replace("&amp;", "&").replace("&quot;", "\""));
        }
        return attributes;
    }
}

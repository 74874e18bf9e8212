package org.cranny.web.pages.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page is asked for that no page asks for. */
class PageGateTest {
    @ParameterizedTest
    @CsvSource({
        "false, , id, 7",
        "false, , jakarta.faces.ViewState, 1:2",
        "true, , id, a\0b",
        "true, , jakarta.faces.RenderKitId, ''",
        "true, partial/ajax, id, 7",
        "true, partial/process, id, 7",
        "true, , Faces-Request, partial/ajax",
        "true, , jakarta.faces.partial.ajax, ''",
        "true, , jakarta.faces.partial.execute, @all"
    })
    void anotherKindOfAnswerOrAPartOfAPageIsNotMeant(boolean refused, String header, String name, String value) {
        assertEquals(refused, PageGate.isNotMeant(request(header, Map.of(name, new String[] {value}))));
    }

    private static HttpServletRequest request(String header, Map<String, String[]> parameters) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (request, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> arguments[0].equals("Faces-Request") ? header : null;
                    case "getParameter" ->
                        parameters.containsKey(arguments[0]) ? parameters.get(arguments[0])[0] : null;
                    case "getParameterMap" -> parameters;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}

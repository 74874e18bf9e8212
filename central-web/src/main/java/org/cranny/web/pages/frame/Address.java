package org.cranny.web.pages.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the page's address, or the form that was sent from it, says. Pages keep all their state there, so that a link to
 * what somebody sees can be sent. What cannot be meant is as if it were not there.
 */
@RequestScoped
public class Address {
    private static final int LONGEST = 4_096;

    @Inject
    HttpServletRequest request;

    /**
     * Whether the server can read what a request's address and its form say. Where it cannot, because it is too long, no
     * UTF-8 or no form at all, it fails, in one of many ways.
     */
    public static boolean isReadable(HttpServletRequest request) {
        try {
            if (request.getCharacterEncoding() == null) {
                request.setCharacterEncoding(StandardCharsets.UTF_8.name());
            }
            request.getParameterMap();
            return true;
        } catch (RuntimeException | UnsupportedEncodingException e) {
            return false;
        }
    }

    /** Empty when it is not there or blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(request.getParameter(name))
                .filter(text -> !text.isBlank()
                        && text.length() <= LONGEST
                        && text.chars().noneMatch(Character::isISOControl));
    }

    /** As it stands, line breaks too; empty when it is not there. */
    public Optional<String> lines(String name) {
        return Optional.ofNullable(request.getParameter(name));
    }

    /** Numbers above 0. */
    public Optional<Long> number(String name) {
        return text(name).filter(text -> text.matches("[1-9][0-9]{0,17}")).map(Long::valueOf);
    }

    /** One of an enum's constants, in small letters with lines in place of underscores; the first one otherwise. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        E[] all = type.getEnumConstants();
        String word = text(name).orElse("");
        return Arrays.stream(all)
                .filter(each -> word(each).equals(word))
                .findFirst()
                .orElse(all[0]);
    }

    /** An enum's constant as {@link #choice} reads it. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean has(String name) {
        return text(name).isPresent();
    }

    /** Whether a form of the page itself was sent, which no page elsewhere can do. */
    public boolean isSentForm() {
        return FacesContext.getCurrentInstance().isPostback();
    }

    /** The address of a page: pairs of name and value; those without a value are left out. */
    public String of(Page page, Object... pairs) {
        StringBuilder address = new StringBuilder(request.getContextPath()).append(page.path());
        char before = '?';
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            if (pairs[i + 1] != null && !pairs[i + 1].toString().isEmpty()) {
                address.append(before)
                        .append(pairs[i])
                        .append('=')
                        .append(URLEncoder.encode(pairs[i + 1].toString(), StandardCharsets.UTF_8));
                before = '&';
            }
        }
        return address.toString();
    }

    /** In which zone people are told times. */
    public ZoneId zone() {
        return ZoneId.systemDefault();
    }
}

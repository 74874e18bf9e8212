package org.cranny.web.pages.frame;

import java.util.Arrays;
import java.util.List;
import org.cranny.web.pages.words.Texts;

/** One choice of a list in a form. */
public record Option(String value, String label, boolean chosen) {

    /** All constants of an enum. @param prefix of the keys of their labels */
    public static <E extends Enum<E>> List<Option> of(Class<E> type, E chosen, String prefix) {
        return Arrays.stream(type.getEnumConstants())
                .map(each -> new Option(Address.word(each), Texts.say(prefix + each.name()), each == chosen))
                .toList();
    }
}

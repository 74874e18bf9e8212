package org.cranny.web.pages.words;

import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of the pages. One language so far; another one is another file. */
public final class Texts {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("org.cranny.web.pages.texts", Locale.ENGLISH);

    private Texts() {}

    /** The sentence with this key, its places filled as {@link String#format} does. */
    public static String say(String key, Object... values) {
        String text = TEXTS.getString(key);
        return values.length == 0 ? text : String.format(Locale.ENGLISH, text, values);
    }

    /** {@code key.one} for one, {@code key.many} else; the count is the first place. */
    public static String count(String key, long count, Object... more) {
        Object[] values = new Object[more.length + 1];
        values[0] = count;
        System.arraycopy(more, 0, values, 1, more.length);
        return say(key + (count == 1 ? ".one" : ".many"), values);
    }

    public static boolean has(String key) {
        return TEXTS.containsKey(key);
    }
}

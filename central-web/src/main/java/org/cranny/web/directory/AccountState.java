package org.cranny.web.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.util.StaticUtils;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether an account is open, by what directories write into its entry: OpenLDAP's password policy, shadow accounts,
 * 389 Directory Server, and Active Directory. A value that cannot be read closes the account.
 */
final class AccountState {
    static final String[] ATTRIBUTES = {
        "pwdAccountLockedTime",
        "pwdStartTime",
        "pwdEndTime",
        "shadowExpire",
        "nsAccountLock",
        "userAccountControl",
        "msDS-User-Account-Control-Computed",
        "accountExpires"
    };

    private static final long DISABLED = 0x2;
    private static final long LOCKED_OUT = 0x10;
    private static final Instant FILE_TIME_BEGINS = Instant.parse("1601-01-01T00:00:00Z");
    private static final long TICKS_A_SECOND = 10_000_000;
    private static final Duration DAY = Duration.ofDays(1);

    private AccountState() {}

    static boolean isOpen(Entry account, Instant now) {
        try {
            return !account.hasAttribute("pwdAccountLockedTime")
                    && !"true".equalsIgnoreCase(account.getAttributeValue("nsAccountLock"))
                    && hasBegun(account.getAttributeValue("pwdStartTime"), now)
                    && !hasEnded(account.getAttributeValue("pwdEndTime"), now)
                    && !isPastDay(account.getAttributeValue("shadowExpire"), now)
                    && (flags(account, "userAccountControl") & DISABLED) == 0
                    && (flags(account, "msDS-User-Account-Control-Computed") & LOCKED_OUT) == 0
                    && !isPastFileTime(account.getAttributeValue("accountExpires"), now);
        } catch (NumberFormatException | ParseException | ArithmeticException | DateTimeException e) {
            return false;
        }
    }

    private static boolean hasBegun(String start, Instant now) throws ParseException {
        return start == null
                || !now.isBefore(StaticUtils.decodeGeneralizedTime(start).toInstant());
    }

    private static boolean hasEnded(String end, Instant now) throws ParseException {
        return end != null
                && !now.isBefore(StaticUtils.decodeGeneralizedTime(end).toInstant());
    }

    /** Days since 1970; -1 and less: never. */
    private static boolean isPastDay(String day, Instant now) {
        long last = day == null ? -1 : Long.parseLong(day);
        return last >= 0 && !now.isBefore(Instant.EPOCH.plus(DAY.multipliedBy(last)));
    }

    private static long flags(Entry account, String attribute) {
        String text = account.getAttributeValue(attribute);
        return text == null ? 0 : Long.parseLong(text);
    }

    /** Tenths of microseconds since 1601; 0 and the largest number: never. */
    private static boolean isPastFileTime(String ticks, Instant now) {
        long end = ticks == null ? 0 : Long.parseLong(ticks);
        return end != 0 && end != Long.MAX_VALUE && !now.isBefore(FILE_TIME_BEGINS.plusSeconds(end / TICKS_A_SECOND));
    }
}

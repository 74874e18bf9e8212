package org.cranny.web.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountStateTest {
    private static final Instant NOW = Instant.parse("2026-11-27T05:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "cn,anna,true",
        "pwdAccountLockedTime,000001010000Z,false",
        "pwdAccountLockedTime,20261127045900Z,false",
        "pwdEndTime,20261127045959Z,false",
        "pwdEndTime,20261127050001Z,true",
        "pwdEndTime,soon,false",
        "pwdStartTime,20261127050001Z,false",
        "pwdStartTime,20261127045959Z,true",
        "shadowExpire,-1,true",
        "shadowExpire,20784,false",
        "shadowExpire,20785,true",
        "shadowExpire,x,false",
        "nsAccountLock,TRUE,false",
        "nsAccountLock,false,true",
        "userAccountControl,512,true",
        "userAccountControl,514,false",
        "userAccountControl,66050,false",
        "userAccountControl,,false",
        "msDS-User-Account-Control-Computed,16,false",
        "msDS-User-Account-Control-Computed,0,true",
        "accountExpires,0,true",
        "accountExpires,9223372036854775807,true",
        "accountExpires,134085312000000000,false",
        "accountExpires,144085312000000000,true"
    })
    void readsWhatDirectoriesSayOfAnAccount(String attribute, String value, boolean open) {
        Entry account = new Entry("uid=anna,dc=example", new Attribute(attribute, value == null ? "" : value));
        assertEquals(open, AccountState.isOpen(account, NOW));
    }
}

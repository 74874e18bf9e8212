package org.cranny.system;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one realm of this process, whole at the beginning of each ({@link LeavesRealm} says otherwise). It is stopped when the process ends, and not
 * by JUnit: where several processes share the suite, each class is a run of its own to JUnit.
 */
final class SharesRealm implements ParameterResolver, BeforeAllCallback, BeforeEachCallback, AfterEachCallback {

    private static Realm realm;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Realm.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return realm();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        realm().makeWhole();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!leavesRealm(context)) {
            realm().makeWhole();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!leavesRealm(context)) {
            realm().clear();
        }
    }

    private static boolean leavesRealm(ExtensionContext context) {
        return context.getRequiredTestClass().isAnnotationPresent(LeavesRealm.class);
    }

    private static synchronized Realm realm() {
        if (realm == null) {
            Realm fresh = new Realm();
            Runtime.getRuntime().addShutdownHook(new Thread(fresh::close, "stops the realm"));
            fresh.makeWhole();
            realm = fresh;
        }
        return realm;
    }
}

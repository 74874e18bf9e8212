package org.cranny.system;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one realm of the suite, whole at the beginning of each; it is stopped after the last. */
final class SharesRealm implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(SharesRealm.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Realm.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return realm(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        realm(context).makeWhole();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        realm(context).clear();
    }

    private static Realm realm(ExtensionContext context) {
        return context.getRoot().getStore(SPACE).getOrComputeIfAbsent(Realm.class, key -> new Realm(), Realm.class);
    }
}

/** What an installation sets. */
package org.cranny.central.settings;

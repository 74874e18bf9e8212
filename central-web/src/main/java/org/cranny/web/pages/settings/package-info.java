/** What this installation is set to. */
package org.cranny.web.pages.settings;

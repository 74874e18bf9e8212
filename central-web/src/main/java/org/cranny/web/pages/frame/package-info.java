/** What all pages share: the menu, who may see which page, what came of the last deed. */
package org.cranny.web.pages.frame;

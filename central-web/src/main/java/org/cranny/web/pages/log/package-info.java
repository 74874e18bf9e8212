/** Who did what. */
package org.cranny.web.pages.log;

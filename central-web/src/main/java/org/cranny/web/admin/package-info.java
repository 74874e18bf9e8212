/** Central's pages for people. */
package org.cranny.web.admin;

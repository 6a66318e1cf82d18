using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace TenantPortal.Web.Infrastructure;

/// <summary>Tells the browser which form has really arrived, so that it lets go of what was typed there: a handler that leads on has taken the form,
/// anything else, a sign-in page or a failure among them, has not.</summary>
internal sealed class KeptForms(PortalSettings settings) : IPageFilter
{
    /// <summary>The field that keep.js adds to each form it keeps, and the cookie that answers it.</summary>
    public const string Field = "_kept", Cookie = "portal.kept";

    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context) { }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        var request = context.HttpContext.Request;
        if (context.Result is not RedirectResult || !request.HasFormContentType || request.Form[Field] is not [{ Length: > 0 and <= 40 } form] || !form.All(char.IsAsciiLetterOrDigit)) return;
        // read by the page's script, and of no worth to anybody else
        context.HttpContext.Response.Cookies.Append(Cookie, form, new() { Path = "/", SameSite = SameSiteMode.Lax, Secure = settings.UrlIsHttps, MaxAge = TimeSpan.FromMinutes(10), IsEssential = true });
    }
}

using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace TenantPortal.Web.Infrastructure;

/// <summary>What is said once after a form was sent, kept for the page that the person comes to: the parts that a page fetches by itself neither show it nor use it up.</summary>
internal sealed class SaidOnce(CookieTempDataProvider cookie) : ITempDataProvider
{
    public IDictionary<string, object?> LoadTempData(HttpContext context) => IsPart(context) ? new Dictionary<string, object?>() : cookie.LoadTempData(context)!;

    public void SaveTempData(HttpContext context, IDictionary<string, object?> values)
    {
        if (!IsPart(context)) cookie.SaveTempData(context, values!);
    }

    private static bool IsPart(HttpContext context) => HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.ContainsKey("HX-Request");
}

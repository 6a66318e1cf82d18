using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace TenantPortal.Web.Features.Shared;

/// <summary>Renders a partial once for each different model on a page: the rows of a long list mostly say the same few things.</summary>
public sealed class RenderedOnce(IHtmlHelper html)
{
    private readonly Dictionary<(string Partial, object Model), HtmlString> rendered = [];

    public async ValueTask<IHtmlContent> OfAsync(string partial, object model)
    {
        if (rendered.TryGetValue((partial, model), out var known)) return known;
        using var text = new StringWriter();
        (await html.PartialAsync(partial, model)).WriteTo(text, HtmlEncoder.Default);
        return rendered[(partial, model)] = new(text.ToString());
    }
}

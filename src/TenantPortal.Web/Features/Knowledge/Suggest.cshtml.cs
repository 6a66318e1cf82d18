using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>A fragment under the box in which a report is being typed; empty while nothing fits.</summary>
internal sealed class SuggestPage(SearchGuides searchGuides, LogSearch logSearch, Me me) : PageModel
{
    private const int Shortest = 4, Most = 3;

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? Text { get; set; }
    public IReadOnlyList<GuideHit> Hits { get; private set; } = [];
    public Guid? Search { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Text ??= Q;
        if (Text is null || Text.Trim().Length < Shortest) return;
        var reader = GuideReader.Of(me.Contact);
        var answer = await searchGuides.RunAsync(Text, reader, Most, cancel, isTyping: true);
        Search = await logSearch.RunAsync(Text, answer, reader, me.Contact.Id.Value, SearchPlace.Report, cancel);
        Hits = [.. answer.Hits.Where(hit => hit.Confidence >= SearchGuides.WorthALink)];
    }
}

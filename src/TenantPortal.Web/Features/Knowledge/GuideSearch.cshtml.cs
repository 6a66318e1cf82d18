using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

internal sealed class GuideSearchPage(SearchGuides searchGuides, LogSearch logSearch, NearestTopics nearestTopics, Me me) : PageModel
{
    private const int Most = 15;

    [BindProperty(SupportsGet = true)] public string Q { get; set; } = "";
    public GuideAnswer? Answer { get; private set; }
    public Guid? Search { get; private set; }
    public IReadOnlyList<GuideTopic> Topics { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        // an empty field is bound as null
        Q ??= "";
        if (string.IsNullOrWhiteSpace(Q)) return;
        var reader = GuideReader.Of(me.Contact);
        Answer = await searchGuides.RunAsync(Q, reader, Most, cancel);
        Search = await logSearch.RunAsync(Q, Answer, reader, me.Contact.Id.Value, SearchPlace.Search, cancel);
        if (Answer.Hits.Count == 0) Topics = await nearestTopics.RunAsync(Answer, reader, cancel);
    }
}

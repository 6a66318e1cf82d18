using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

internal sealed class DeskGuidesPage(SearchGuides searchGuides, ListGuides listGuides, LogSearch logSearch, NearestTopics nearestTopics, ClientDirectory clients, Me me) : PageModel
{
    private const int Most = 20;

    [BindProperty(SupportsGet = true)] public string? Client { get; set; }
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    public List<Client> Clients { get; private set; } = [];
    public Client? Chosen { get; private set; }
    public GuideAnswer? Answer { get; private set; }
    public Guid? Search { get; private set; }
    public IReadOnlyDictionary<Guid, GuidePassage> Passages { get; private set; } = new Dictionary<Guid, GuidePassage>();
    public IReadOnlyList<GuideTopic> Topics { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync([FromServices] FindPassages findPassages, CancellationToken cancel)
    {
        Clients = [.. clients.All.Where(c => c is { IsMsp: false, IsActive: true } && me.Staff.Serves(c.Id))];
        Chosen = Clients.Find(c => Client is null || c.Slug == Client);
        if (Chosen is null) return Client is null ? Page() : NotFound();
        var reader = GuideReader.Of(me.Staff, Chosen.Id);
        if (string.IsNullOrWhiteSpace(Q))
        {
            Topics = await listGuides.RunAsync(reader, cancel);
            return Page();
        }
        Answer = await searchGuides.RunAsync(Q, reader, Most, cancel);
        Passages = await findPassages.RunAsync(Answer, Q, reader, cancel);
        Search = await logSearch.RunAsync(Q, Answer, reader, me.Staff.Id.Value, SearchPlace.Desk, cancel);
        if (Answer.Hits.Count == 0) Topics = await nearestTopics.RunAsync(Answer, reader, cancel);
        return Page();
    }
}

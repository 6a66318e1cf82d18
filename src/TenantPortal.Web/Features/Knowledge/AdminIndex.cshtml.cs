using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Search;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

internal sealed class AdminIndexPage(ReadIndex readIndex, SearchGuides searchGuides, AddSynonym addSynonym, Snapshots snapshots, ClientDirectory clients, Me me) : PageModel
{
    private const int Most = 10;

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public int Tier { get; set; }
    [BindProperty(SupportsGet = true)] public string? Preview { get; set; }
    [BindProperty] public string? Term { get; set; }
    [BindProperty] public string? Same { get; set; }
    public Client Client { get; private set; } = null!;
    public IndexState State { get; private set; } = null!;
    public GuideAnswer? Answer { get; private set; }
    public string? Refusal { get; private set; }
    public bool MayChange => me.Has(StaffRoles.Author | StaffRoles.ServiceLead | StaffRoles.Operator);
    public string Size => State.Bytes < 1 << 20 ? $"{Math.Ceiling(State.Bytes / 1024.0):0} KB" : string.Create(CultureInfo.CurrentCulture, $"{State.Bytes / 1048576.0:0.0} MB");

    public async Task<IActionResult> OnGetAsync(string client, CancellationToken cancel) => Find(client) ? await ShowAsync(cancel) : NotFound();

    public async Task<IActionResult> OnPostSynonymAsync(string client, CancellationToken cancel)
    {
        if (!Find(client) || !MayChange) return NotFound();
        if (await addSynonym.RunAsync(Client.Id, Term, Same, me.Staff.Name, cancel) is not { } refusal) return Redirect($"/admin/knowledge/{Client.Slug}#synonyms");
        Refusal = refusal.Sentence;
        return await ShowAsync(cancel);
    }

    public IActionResult OnPostRebuild(string client)
    {
        if (!Find(client) || !MayChange) return NotFound();
        // goes on by itself; its progress is on the page
        _ = snapshots.RebuildAsync(Client.Id);
        return Redirect($"/admin/knowledge/{Client.Slug}");
    }

    private bool Find(string slug)
    {
        if (clients.BySlug(slug) is not { IsMsp: false, IsActive: true } client || !me.Staff.Serves(client.Id)) return false;
        Client = client;
        return true;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        Tier = Math.Clamp(Tier, 0, 3);
        if (!string.IsNullOrWhiteSpace(Q)) Answer = await searchGuides.RunAsync(Q, new(Client.Id, Tier, null, null, null), Most, cancel);
        State = await readIndex.RunAsync(Client.Id, Preview, cancel);
        return Page();
    }
}

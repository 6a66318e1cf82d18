using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ClientSetup;

/// <summary>What a client still lacks before its people are let in, with the page for each.</summary>
internal sealed class ChecklistPage(ReadSetup setup, ClientDirectory clients, Me me, IStringLocalizer<Words> words) : PageModel
{
    /// <summary>One line: its word, whether it is there, what is there, and where it is done.</summary>
    public sealed record Line(string Title, bool IsDone, bool IsNeeded, string Says, string Address);

    [BindProperty] public string? Value { get; set; }
    [BindProperty] public string? VariableName { get; set; }
    public Client Client { get; private set; } = null!;
    public SetupView View { get; private set; } = null!;
    public string? Problem { get; private set; }
    public string? Done { get; private set; }

    public IEnumerable<Line> Lines =>
    [
        new(words["Sites"], View.Sites > 0, true, words["Count", View.Sites], $"/admin/clients/{Client.Slug}/upload?kind=Sites"),
        new(words["People"], View.People > 0, true, words["Count", View.People], $"/admin/clients/{Client.Slug}/upload?kind=People"),
        new(words["Managers"], View.Managers > 0, true, words["Count", View.Managers], $"/admin/people/{Client.Slug}"),
        new(words["Devices"], View.Devices > 0, false, words["Count", View.Devices], $"/admin/clients/{Client.Slug}/upload?kind=Devices"),
        new(words["Guides"], View.Guides > 0, true, words["Count", View.Guides], "/admin/knowledge"),
        new(words["Values"], View.Missing.Count == 0, true, View.Missing.Count == 0 ? words["NoneMissing"] : words["ValuesMissing", View.Missing.Select(m => m.Name).Distinct().Count()], "#values"),
        new(words["ContractLine"], View.HasContract, true, words["Clauses", View.Clauses], $"/admin/contracts/{Client.Slug}"),
        new(words["LookLine"], View.IsLookChosen, false, words[View.IsLookChosen ? "LookOwn" : "LookDefault"], $"/admin/look/{Client.Slug}"),
    ];

    public async Task<IActionResult> OnGetAsync(string client, CancellationToken cancel) => await LoadAsync(client, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string client, CancellationToken cancel)
    {
        if (!await LoadAsync(client, cancel)) return NotFound();
        Problem = (await setup.SetAsync(Client, View, VariableName, Value, me.Staff.Name, cancel))?.Sentence;
        if (Problem is not null) return Page();
        (Done, Value) = (words["ValueKept", VariableName ?? ""], null);
        ModelState.Clear();
        return await LoadAsync(client, cancel) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (!me.Has(StaffRoles.Operator | StaffRoles.ServiceLead) || clients.BySlug(slug) is not { IsMsp: false } client || !me.Staff.Serves(client.Id)) return false;
        (Client, View) = (client, await setup.RunAsync(client, cancel));
        return true;
    }
}

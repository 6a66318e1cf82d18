using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

internal sealed class AdminKnowledgePage(ListLibrary listLibrary, LibraryVerbs verbs, CheckClient checkClient, ClientDirectory clients, TimeProvider time, Me me) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Client { get; set; }
    [BindProperty] public Guid? Id { get; set; }
    [BindProperty] public string? Reason { get; set; }
    public IReadOnlyList<LibraryGuide> Guides { get; private set; } = [];
    public List<Client> Clients { get; private set; } = [];
    public Client? Chosen { get; private set; }
    public PublishReport? Report { get; private set; }
    public string? Refusal { get; private set; }
    public bool Done { get; private set; }
    // the library is every client's
    public bool MayPublish => me.Staff.ServesAllClients && me.Has(StaffRoles.Author | StaffRoles.ServiceLead);
    public bool MayApprove => me.Staff.ServesAllClients && me.Has(StaffRoles.ServiceLead);

    public bool IsOverdue(DateOnly due) => due < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Done = Request.Query.ContainsKey("done");
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostApproveAsync(CancellationToken cancel) => !MayApprove || Id is not { } id ? NotFound() : await AnswerAsync(await verbs.Approve.RunAsync(id, me.Staff.Name, cancel), cancel);

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken cancel) => !MayPublish ? NotFound() : await AnswerAsync(await verbs.Publish.RunAsync(Id, me.Staff.Name, cancel), cancel);

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancel) => !MayPublish || Id is not { } id ? NotFound() : await AnswerAsync(await verbs.Withdraw.RunAsync(clients.Msp.Id, id, me.Staff.Name, Reason ?? "", cancel), cancel);

    private async Task<IActionResult> AnswerAsync(Refusal? refusal, CancellationToken cancel)
    {
        if (refusal is null) return Redirect("/admin/knowledge?done=1");
        Refusal = refusal.Sentence;
        return await ShowAsync(cancel);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        Guides = await listLibrary.RunAsync(cancel);
        Clients = [.. clients.All.Where(c => c is { IsMsp: false, IsActive: true } && me.Staff.Serves(c.Id))];
        Chosen = Clients.Find(c => Client is null || c.Slug == Client);
        if (Chosen is null) return Client is null ? Page() : NotFound();
        Report = await checkClient.RunAsync(Chosen, cancel);
        return Page();
    }
}

/// <summary>What keepers of the library may do with a guide.</summary>
public sealed record LibraryVerbs(ApproveRunbook Approve, PublishLibrary Publish, WithdrawRunbook Withdraw);

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Subscriptions;

public sealed class SubscriptionInput
{
    public string? Client { get; set; }
    public string? Name { get; set; }
    public string? Address { get; set; }
    public List<ToldEvents> Events { get; set; } = [];
}

/// <summary>Who beyond the house is told of tickets, and the log of what was sent. Operators alone: they answer for what leaves the house.</summary>
internal sealed class SubscriptionsPage(ReadSubscriptions read, ChangeSubscriptions change, ClientDirectory clients, Me me, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty] public SubscriptionInput Input { get; set; } = new();
    public IReadOnlyList<SubscriptionLine> Subscriptions { get; private set; } = [];
    public IReadOnlyList<DeliveryLine> Log { get; private set; } = [];
    public string? Problem { get; private set; }
    /// <summary>The new subscription's secret, on this one answer.</summary>
    public string? Made { get; private set; }
    [TempData] public string? Done { get; set; }
    public IEnumerable<Client> Clients => clients.All.Where(c => c is { IsMsp: false, IsActive: true } && me.Staff.Serves(c.Id));
    private bool MayEnter => me.Has(StaffRoles.Operator);

    public string Tries(DeliveryLine line) => line.Attempts switch { 0 => words["NotTried"], 1 => words["Once"], var times => words["Tries", times] };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => MayEnter ? await ShowAsync(cancel) : NotFound();

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancel)
    {
        if (!MayEnter) return NotFound();
        if (Clients.FirstOrDefault(c => c.Slug == Input.Client) is not { } client) Problem = words["ClientMissing"];
        else (Made, Problem) = await change.AddAsync(client, (Input.Name ?? "").Trim(), (Input.Address ?? "").Trim(), Input.Events.Where(EventSubscription.Each.Contains).Aggregate(ToldEvents.None, (all, one) => all | one), cancel) is var (secret, refusal) ? (secret, refusal?.Sentence) : default;
        if (Made is not null) Input = new();
        Response.Headers.CacheControl = "no-store";
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel) => MayEnter ? await AnswerAsync(await change.RemoveAsync(id, cancel), "Removed", cancel) : NotFound();

    public async Task<IActionResult> OnPostAgainAsync(Guid id, CancellationToken cancel) => MayEnter ? await AnswerAsync(await change.AgainAsync(id, cancel), "AgainDone", cancel) : NotFound();

    private async Task<IActionResult> AnswerAsync(bool isDone, string done, CancellationToken cancel)
    {
        if (!isDone)
        {
            Problem = words["Gone"];
            return await ShowAsync(cancel);
        }
        Done = words[done];
        return Redirect("/admin/subscriptions");
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        (Subscriptions, Log) = await read.RunAsync(cancel);
        return Page();
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

public sealed class SpanInput
{
    public Guid Staff { get; set; }
    /// <summary>Day and minute by the wall clock that the page names.</summary>
    public string? From { get; set; }
    public string? Until { get; set; }
    public string? Why { get; set; }
    /// <summary>Nothing where nothing was written.</summary>
    public string? Reason => string.IsNullOrWhiteSpace(Why) ? null : Why.Trim()[..Math.Min(200, Why.Trim().Length)];
}

public sealed class RotaInput
{
    public string? Name { get; set; }
    public string? Key { get; set; }
    public string? TimeZone { get; set; }
}

/// <summary>Who is on call now for each role, with the reason, and who is away.</summary>
internal sealed class OnCallPage(OnCallDirectory directory, ClientDirectory clients, ChangeOnCall change, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(28);

    [BindProperty] public SpanInput Input { get; set; } = new();
    [BindProperty] public RotaInput Rota { get; set; } = new();
    public IReadOnlyList<(Rota Rota, OnCallAnswer Answer, RotaGap? Gap)> Now { get; private set; } = [];
    public IReadOnlyList<TimeOff> TimesOff { get; private set; } = [];
    public IReadOnlyList<StaffMember> People { get; private set; } = [];
    public string TimeZone => clients.Msp.TimeZone;
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }

    public string Name(StaffId id) => directory.Roster.Staff.FirstOrDefault(s => s.Id == id)?.Name ?? "?";

    public IActionResult OnGet() => Show();

    public Task<IActionResult> OnPostRotaAsync(CancellationToken cancel) =>
        DoAsync(change.AddRotaAsync((Rota.Key ?? "").Trim(), (Rota.Name ?? "").Trim(), (Rota.TimeZone ?? "").Trim(), cancel), words["RotaMade"]);

    public Task<IActionResult> OnPostTimeOffAsync(CancellationToken cancel) => WallTime.Read(Input.From, TimeZone) is { } from && WallTime.Read(Input.Until, TimeZone) is { } until
        ? DoAsync(change.TakeTimeOffAsync(new(Input.Staff), from, until, Input.Reason, cancel), words["TimeOffMade"])
        : DoAsync(Task.FromResult<Refusal?>(new(words["NoMoment"])), "");

    public Task<IActionResult> OnPostRemoveTimeOffAsync(Guid id, CancellationToken cancel) => DoAsync(change.RemoveTimeOffAsync(id, cancel), words["Removed"]);

    private async Task<IActionResult> DoAsync(Task<Refusal?> work, string done)
    {
        if (!change.MayEnter) return NotFound();
        if (await work is { } refusal)
        {
            Problem = refusal.Sentence;
            return Show();
        }
        Done = done;
        return Redirect("/admin/on-call");
    }

    private IActionResult Show()
    {
        if (!change.MayEnter) return NotFound();
        var (roster, now) = (directory.Roster, time.GetUtcNow());
        Now = [.. roster.Rotas.Select(r => (r, roster.For(r.Key, null, now), RotaGap.Of(roster, r, now, now + Ahead) is [var gap, ..] ? gap : null))];
        TimesOff = [.. roster.TimesOff.Where(t => t.UntilAt > now)];
        People = [.. roster.Staff.Where(s => s.IsActive)];
        return Page();
    }
}

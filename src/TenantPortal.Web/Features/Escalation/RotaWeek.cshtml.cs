using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

public sealed class ShiftInput
{
    public List<DayOfWeek> Days { get; set; } = [];
    public string? From { get; set; } = "08:00";
    public string? Until { get; set; } = "18:00";
    public Guid? First { get; set; }
    public Guid? Second { get; set; }
    public Guid? Third { get; set; }

    /// <summary>Null when a time is none.</summary>
    public Shift? AsShift() => Time(From) is { } from && Time(Until) is { } until && Days.TrueForAll(Enum.IsDefined)
        ? new([.. Days.Distinct()], from, until, [.. new[] { First, Second, Third }.OfType<Guid>().Distinct().Select(id => new StaffId(id))]) : null;

    private static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

/// <summary>One rota: the week, its hand-overs in the days to come, and who stands in.</summary>
internal sealed class RotaWeekPage(OnCallDirectory directory, ChangeOnCall change, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    public static readonly DayOfWeek[] Week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];
    private const int MostTurns = 14;

    [BindProperty] public SpanInput Input { get; set; } = new();
    [BindProperty] public ShiftInput Shift { get; set; } = new();
    public Rota Of { get; private set; } = null!;
    public OnCallAnswer Answer { get; private set; } = null!;
    /// <summary>When somebody else is on call, in the next seven days.</summary>
    public IReadOnlyList<(DateTimeOffset At, OnCallAnswer Answer)> Turns { get; private set; } = [];
    public IReadOnlyList<StandIn> StandIns { get; private set; } = [];
    public IReadOnlyList<StaffMember> People { get; private set; } = [];
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }

    public string Name(StaffId id) => directory.Roster.Staff.FirstOrDefault(s => s.Id == id)?.Name ?? "?";

    public IActionResult OnGet(string rota) => Load(rota) ? Page() : NotFound();

    public Task<IActionResult> OnPostShiftAsync(string rota, CancellationToken cancel) =>
        DoAsync(rota, () => Shift.AsShift() is { } shift && shift.People.All(p => People.Any(s => s.Id == p)) ? change.AddShiftAsync(Of, shift, cancel) : Wrong("NoShift"), words["ShiftMade"]);

    public Task<IActionResult> OnPostRemoveShiftAsync(string rota, int place, string? shift, CancellationToken cancel) => DoAsync(rota, () => change.RemoveShiftAsync(Of, place, shift, cancel), words["Removed"]);

    public Task<IActionResult> OnPostStandInAsync(string rota, CancellationToken cancel) =>
        DoAsync(rota, () => WallTime.Read(Input.From, Of.TimeZone) is { } from && WallTime.Read(Input.Until, Of.TimeZone) is { } until ? change.StandInAsync(Of, new(Input.Staff), from, until, Input.Reason, cancel) : Wrong("NoMoment"), words["StandInMade"]);

    public Task<IActionResult> OnPostRemoveStandInAsync(string rota, Guid id, CancellationToken cancel) => DoAsync(rota, () => change.RemoveStandInAsync(id, cancel), words["Removed"]);

    private async Task<IActionResult> DoAsync(string rota, Func<Task<Refusal?>> work, string done)
    {
        if (!Load(rota)) return NotFound();
        if (await work() is { } refusal)
        {
            Problem = refusal.Sentence;
            return Page();
        }
        Done = done;
        return Redirect($"/admin/on-call/{Of.Key}");
    }

    private Task<Refusal?> Wrong(string key) => Task.FromResult<Refusal?>(new(words[key]));

    private bool Load(string key)
    {
        var (roster, now) = (directory.Roster, time.GetUtcNow());
        if (!change.MayEnter || roster.Rotas.FirstOrDefault(r => r.Key == key) is not { } rota) return false;
        (Of, Answer) = (rota, roster.For(key, null, now));
        StandIns = [.. roster.StandIns.Where(s => s.RotaId == rota.Id && s.UntilAt > now)];
        People = [.. roster.Staff.Where(s => s.IsActive)];
        Turns = [.. RotaGap.Turns(roster, rota, now, now.AddDays(7)).Take(MostTurns)];
        return true;
    }
}

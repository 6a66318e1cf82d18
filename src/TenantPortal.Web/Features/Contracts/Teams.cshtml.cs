using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Sla;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Contracts;

public sealed class TeamHoursInput
{
    public string? Queue { get; set; }
    public string? TimeZone { get; set; }
    /// <summary>Monday first; spans such as "09:00-12:30, 13:30-17:30", nothing for a closed day.</summary>
    public List<string?> Days { get; set; } = ["09:00-17:30", "09:00-17:30", "09:00-17:30", "09:00-17:30", "09:00-17:30", null, null];
    /// <summary>One date a line.</summary>
    public string? Holidays { get; set; }
}

/// <summary>When each team works, for promises that count in team hours.</summary>
internal sealed class TeamsPage(ReadContracts contracts, WriteTeamHours write, ClientProfiles profiles, OnCallDirectory directory, ClientDirectory clients, PortalDb db, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    public static readonly IReadOnlyList<string> Week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private const int LongestText = 4_000;
    private static readonly char[] Between = [',', ';', '\n', '\r'];

    [BindProperty] public TeamHoursInput Input { get; set; } = new();
    public IReadOnlyList<TeamHours> Teams => directory.Teams;
    public IReadOnlyList<string> Queues { get; private set; } = [];
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }

    public static string Said(OpenHours hours) => BusinessCalendar.TryParse(hours.TimeZone, hours.Weekly, hours.Holidays, out var calendar, out var problem) ? $"{calendar.Weekly}, {hours.TimeZone}" : problem;

    public async Task<IActionResult> OnGetAsync(string? team, CancellationToken cancel)
    {
        if (!contracts.MayEnter) return NotFound();
        Input.TimeZone = clients.Msp.TimeZone;
        if (directory.Teams.FirstOrDefault(t => t.Queue == team) is { Hours: var hours })
            Input = new() { Queue = team, TimeZone = hours.TimeZone, Days = [.. Week.Select(d => hours.Weekly.GetValueOrDefault(d) is { } spans ? string.Join(", ", spans) : null)], Holidays = string.Join('\n', hours.Holidays.Select(h => h.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))) };
        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!contracts.MayEnter) return NotFound();
        await LoadAsync(cancel);
        Problem = Queues.Contains(Input.Queue) ? Read(out var hours) ?? (await write.RunAsync(Input.Queue!, hours, cancel))?.Sentence : words["TeamUnknown"].Value;
        if (Problem is not null) return Page();
        Done = words["TeamWritten"];
        return Redirect("/admin/contracts/teams");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string team, CancellationToken cancel)
    {
        if (!contracts.MayEnter) return NotFound();
        await write.RunAsync(team, null, cancel);
        Done = words["TeamRemoved"];
        return Redirect("/admin/contracts/teams");
    }

    private string? Read(out OpenHours hours)
    {
        hours = null!;
        if (Input.Days.Count > Week.Count || Input.Days.Sum(d => d?.Length ?? 0) + (Input.Holidays?.Length ?? 0) > LongestText) return words["Unreadable"];
        var holidays = new List<DateOnly>();
        foreach (var text in Split(Input.Holidays))
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return words["HolidayUnreadable", text];
            holidays.Add(day);
        }
        hours = new((Input.TimeZone ?? "").Trim(), Week.Zip(Input.Days).ToDictionary(d => d.First, IReadOnlyList<string> (d) => Split(d.Second)), [.. holidays.Distinct().Order()]);
        return null;
    }

    private static string[] Split(string? text) => (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task LoadAsync(CancellationToken cancel)
    {
        var queues = new SortedSet<string>(directory.Teams.Select(t => t.Queue), StringComparer.Ordinal) { "service-desk" };
        foreach (var one in await contracts.AllAsync(cancel)) queues.UnionWith((await profiles.OfAsync(one.Client.Id, db, time.GetUtcNow(), cancel)).Rules.Rules.Categories.Select(c => c.Queue));
        Queues = [.. queues];
    }
}

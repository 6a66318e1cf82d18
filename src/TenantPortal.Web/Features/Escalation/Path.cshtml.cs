using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

public sealed class PathInput
{
    private const int Spare = 3;

    public string? Name { get; set; }
    public string? Lead { get; set; }
    public int CallAgain { get; set; } = 5;
    public Autonomy HandOver { get; set; }
    /// <summary>One step a place; a place without a number is none.</summary>
    public List<string?> Percents { get; set; } = [];
    public List<StepAction> Actions { get; set; } = [];
    public List<string?> Whos { get; set; } = [];
    public List<Autonomy> Autonomies { get; set; } = [];

    public static PathInput Of(EscalationPath path)
    {
        var steps = path.Steps.OrderBy(s => s.Percent).ToList();
        return new()
        {
            Name = path.Name, Lead = path.Lead, CallAgain = path.CallAgainMinutes, HandOver = path.HandOver,
            Percents = [.. steps.Select(s => s.Percent.ToString(CultureInfo.InvariantCulture))], Actions = [.. steps.Select(s => s.Action)], Whos = [.. steps.Select(s => s.Who)], Autonomies = [.. steps.Select(s => s.Autonomy)],
        };
    }

    /// <summary>With some empty places more, for steps to be added.</summary>
    public PathInput WithSpare()
    {
        var places = Percents.Count(p => !string.IsNullOrWhiteSpace(p)) + Spare;
        while (Percents.Count < places) { Percents.Add(null); Actions.Add(StepAction.Notify); Whos.Add(PathStep.Owner); Autonomies.Add(Autonomy.Act); }
        return this;
    }

    /// <summary>Null when what was sent is no list of steps.</summary>
    public List<PathStep>? AsSteps()
    {
        if (Percents.Count != Actions.Count || Percents.Count != Whos.Count || Percents.Count != Autonomies.Count || Percents.Count > 60) return null;
        var steps = new List<PathStep>();
        for (var i = 0; i < Percents.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Percents[i])) continue;
            if (!int.TryParse(Percents[i], CultureInfo.InvariantCulture, out var percent) || !Enum.IsDefined(Actions[i]) || !Enum.IsDefined(Autonomies[i])) return null;
            steps.Add(new(percent, Actions[i], Actions[i] == StepAction.Card ? "" : Whos[i] ?? "", Autonomies[i]));
        }
        return steps;
    }
}

/// <summary>One path: what counts, the draft that waits, and the form of a new version.</summary>
internal sealed class PathPage(OnCallDirectory directory, ChangeOnCall change, EscalationTime said, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty] public PathInput Input { get; set; } = new();
    public string Key { get; private set; } = "";
    public EscalationPath? InForce { get; private set; }
    public EscalationPath? Draft { get; private set; }
    public bool MayApprove => me.Has(StaffRoles.ServiceLead);
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }

    public IEnumerable<(string Key, string Text)> Roles => directory.Roster is var roster ? [
        .. roster.Rotas.Select(r => (r.Key, r.Name)), .. ContentNames.StaffRoles.Keys.Where(k => roster.Rotas.All(r => r.Key != k)).Select(k => (k, words["AnyWith", k.Replace('-', ' ')].Value)), .. roster.Staff.Where(s => s.IsActive).Select(s => (s.Key, s.Name))] : [];
    public IEnumerable<(string Key, string Text)> Whos => [(PathStep.Owner, said.Who(PathStep.Owner)), (PathStep.Lead, said.Who(PathStep.Lead)), .. Roles];

    public static bool IsKey(string? key) => key is { Length: >= 2 and <= 40 } && ContentNames.IsSlug(key);

    public string Said(PathStep step) => words["StepLine", step.Percent == 0 ? words["AtOnce"] : words["AtPercent", step.Percent], said.Step(step.Action, step.Who), words["Autonomy" + step.Autonomy]];

    public string Head(EscalationPath path) => words["PathHead", said.Who(path.Lead), path.CallAgainMinutes, words["Autonomy" + path.HandOver]];

    public IActionResult OnGet(string path)
    {
        if (!Load(path)) return NotFound();
        Input = (Draft ?? InForce) is { } shown ? PathInput.Of(shown) : new() { Lead = "service-lead" };
        Input.WithSpare();
        return Page();
    }

    public async Task<IActionResult> OnPostWriteAsync(string path, CancellationToken cancel)
    {
        if (!Load(path)) return NotFound();
        if (!ModelState.IsValid || Input.AsSteps() is not { } steps || !Enum.IsDefined(Input.HandOver) || Input.Name?.Length > 80) return Refused(words["PathUnreadable"]);
        var written = new EscalationPath
        {
            Key = Key, Name = (Input.Name ?? "").Trim(), Number = 1 + directory.Versions.Where(v => v.Key == Key).Select(v => v.Number).DefaultIfEmpty().Max(), Lead = Input.Lead ?? "", CallAgainMinutes = Input.CallAgain, HandOver = Input.HandOver, Steps = steps,
            AuthorId = me.Staff.Id.Value, AuthorName = me.Staff.Name, WrittenAt = time.GetUtcNow(),
        };
        return await change.WritePathAsync(written, cancel) is { } refusal ? Refused(refusal.Sentence) : Led(words["PathWritten"]);
    }

    public async Task<IActionResult> OnPostApproveAsync(string path, int number, CancellationToken cancel)
    {
        if (!Load(path)) return NotFound();
        if (await change.ApprovePathAsync(Key, number, cancel) is not { } refusal) return Led(words["PathApprovedDone"]);
        Input = (Draft ?? InForce) is { } shown ? PathInput.Of(shown) : new();
        return Refused(refusal.Sentence);
    }

    private RedirectResult Led(string done)
    {
        Done = done;
        return Redirect($"/admin/escalation/{Key}");
    }

    private PageResult Refused(string sentence)
    {
        Problem = sentence;
        if (Input.Percents.Count != Input.Actions.Count || Input.Percents.Count != Input.Whos.Count || Input.Percents.Count != Input.Autonomies.Count) Input = (Draft ?? InForce) is { } shown ? PathInput.Of(shown) : new();
        Input.WithSpare();
        return Page();
    }

    // a name that nobody has used yet is a path to be written
    private bool Load(string key)
    {
        if (!change.MayEnter || !IsKey(key) || (directory.Path(key) is null && directory.Roster.Knows(key))) return false;
        (Key, InForce, Draft) = (key, directory.Path(key), directory.Versions.FirstOrDefault(v => v.Key == key && v.State == PathState.Draft));
        return true;
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>One step a screen without a request behind it: the address is all there is to remember.</summary>
internal sealed class GuideStepsPage(ReadGuide readGuide, RecordGuideUse recordUse, Me me) : PageModel
{
    // no step can have this id
    public const string End = "-end";

    [BindProperty(SupportsGet = true)] public string? Step { get; set; }
    [BindProperty(SupportsGet = true)] public string? Text { get; set; }
    public ReadableGuide Guide { get; private set; } = null!;
    public ReadableStep? Current { get; private set; }
    public int Number { get; private set; }
    public string Next => Number < Guide.Steps.Count ? Guide.Steps[Number].Id : End;
    public string? Previous => Number > 1 ? Guide.Steps[Number - 2].Id : null;
    /// <summary>Null: to a person.</summary>
    public string? OnFail => Current!.OnFail switch { "next" => Number < Guide.Steps.Count ? Guide.Steps[Number].Id : null, "escalate" or "stop" => null, var step => step };

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        return await LoadAsync(slug, cancel) ? Page() : NotFound();
    }

    /// <summary>The step did not work, could not be done, or the whole guide did not help: noted, and on to what follows from it.</summary>
    public async Task<IActionResult> OnPostAsync(string slug, GuideUse answer, CancellationToken cancel)
    {
        if (answer is not (GuideUse.Didnt or GuideUse.Couldnt or GuideUse.Unsolved) || !await LoadAsync(slug, cancel)) return NotFound();
        await recordUse.RunAsync(Guide, me.Contact.Id, answer, null, cancel, Current?.Id);
        return Redirect(Current is not null && OnFail is { } step ? GuideLinks.Steps(me.Client!, slug, step, Text) : GuideLinks.Report(me.Client!, Text));
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (await readGuide.RunAsync(slug, GuideReader.Of(me.Contact), cancel) is not { } guide) return false;
        Guide = guide;
        if (Step == End) return true;
        Current = Step is null ? guide.Steps[0] : guide.Steps.FirstOrDefault(s => s.Id == Step);
        if (Current is null) return false;
        Number = guide.Steps.ToList().IndexOf(Current) + 1;
        return true;
    }
}

using System.Text;
using AngleSharp.Html.Dom;

namespace TenantPortal.Bench.Pages;

/// <summary>One person walking one journey again and again.</summary>
internal interface IVisitor : IDisposable
{
    /// <summary>Whatever must be ready before the clock starts, for this many visits.</summary>
    Task PrepareAsync(int visits);

    /// <summary>The measured request; it checks its answer.</summary>
    Task VisitAsync();
}

/// <summary>Reads a page and looks for a text that it must show.</summary>
internal sealed class PageVisitor(Browser browser, string path, string known) : IVisitor
{
    private readonly byte[] wanted = Encoding.UTF8.GetBytes(known);

    public Task PrepareAsync(int visits) => Task.CompletedTask;

    public async Task VisitAsync()
    {
        var body = await browser.GetAsync(path);
        if (body.AsSpan().IndexOf(wanted) < 0) throw new WrongAnswerException($"{path} does not show “{known}”: {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 3000)))}");
    }

    public void Dispose() => browser.Dispose();
}

/// <summary>Sends a report: the forms are walked through before, the measured request is the one that makes the ticket.</summary>
internal abstract class Submitter(Browser browser) : IVisitor
{
    private readonly Queue<FilledForm> ready = new();

    public async Task PrepareAsync(int visits)
    {
        while (ready.Count < visits) ready.Enqueue(await FillAsync(browser));
    }

    public async Task VisitAsync()
    {
        var next = await browser.PostAsync(ready.Dequeue());
        if (!next.Contains(Next, StringComparison.Ordinal)) throw new WrongAnswerException($"The report was answered with {next}");
    }

    public void Dispose() => browser.Dispose();

    protected abstract string Next { get; }
    protected abstract Task<FilledForm> FillAsync(Browser browser);
}

/// <summary>The three screens of the portal's form.</summary>
internal sealed class PortalSubmitter(Browser browser, string door, IEnumerator<string> texts) : Submitter(browser)
{
    protected override string Next => $"{door}/requests/";

    protected override async Task<FilledForm> FillAsync(Browser browser)
    {
        texts.MoveNext();
        var effect = await browser.PostAsync(await browser.FillAsync($"{door}/report", form => ((IHtmlTextAreaElement)form.QuerySelector("textarea[name=Text]")!).Value = texts.Current));
        if (!effect.EndsWith("/effect", StringComparison.Ordinal)) throw new WrongAnswerException($"The first screen of a report led to {effect}");
        var confirm = await browser.PostAsync(await browser.FillAsync(effect, form =>
        {
            ((IHtmlInputElement)form.QuerySelector("[name=Impact][value=One]")!).IsChecked = true;
            ((IHtmlInputElement)form.QuerySelector("[name=Urgency][value=Slowed]")!).IsChecked = true;
        }));
        return await browser.FillAsync(confirm, form =>
        {
            foreach (var open in form.QuerySelectorAll("select").Cast<IHtmlSelectElement>().Where(s => string.IsNullOrEmpty(s.Value))) open.Value = open.Options.First(o => o.Value.Length > 0).Value;
        });
    }
}

/// <summary>The floor's one form.</summary>
internal sealed class FloorSubmitter(Browser browser, IEnumerator<string> texts) : Submitter(browser)
{
    private FilledForm? empty;

    protected override string Next => "/Ticket/";

    protected override async Task<FilledForm> FillAsync(Browser browser)
    {
        texts.MoveNext();
        empty ??= await browser.FillAsync("/New", _ => { });
        var token = Encoding.UTF8.GetString(empty.Body).Split('&').Single(field => field.StartsWith("__RequestVerificationToken=", StringComparison.Ordinal));
        return empty with { Body = Encoding.UTF8.GetBytes($"subject={Uri.EscapeDataString(BenchTicket.SubjectOf(texts.Current))}&body={Uri.EscapeDataString(texts.Current)}&{token}") };
    }
}

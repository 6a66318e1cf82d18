using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Lines for the person at the terminal; a step overwrites itself there and is left out of a file or pipe.</summary>
public sealed class Progress(TextWriter output, bool isTerminal)
{
    private Progress? stepsGoTo;

    public static Progress Console { get; } = new(System.Console.Out, !System.Console.IsOutputRedirected);

    /// <summary>For one of several works side by side: its steps are seen as they happen, its lines are kept until they are said in order.</summary>
    public Progress Keeping(TextWriter lines) => new(lines, isTerminal: false) { stepsGoTo = this };

    public void Say(string line) => output.WriteLine(line);

    public void Step(string line)
    {
        stepsGoTo?.Step(line);
        if (isTerminal) output.Write($"\r{line,-60}");
    }

    public void Done()
    {
        if (isTerminal) output.Write($"\r{"",-60}\r");
    }

    public void Refused(string sentence, IReadOnlyList<ContentProblem> problems)
    {
        Say(sentence);
        foreach (var problem in problems) Say($"  {problem}");
    }
}

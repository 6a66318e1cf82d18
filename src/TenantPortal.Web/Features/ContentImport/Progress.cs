using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Lines for the person at the terminal; a step overwrites itself there and is left out of a file or pipe.</summary>
public sealed class Progress(TextWriter output, bool isTerminal)
{
    public static Progress Console { get; } = new(System.Console.Out, !System.Console.IsOutputRedirected);

    public void Say(string line) => output.WriteLine(line);

    public void Step(string line)
    {
        if (isTerminal) output.Write($"\r{line}");
    }

    public void Done()
    {
        if (isTerminal) output.Write("\r                              \r");
    }

    public void Refused(string sentence, IReadOnlyList<ContentProblem> problems)
    {
        Say(sentence);
        foreach (var problem in problems) Say($"  {problem}");
    }
}

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Why a content file was refused: where, and one sentence for the person who wrote it.</summary>
public sealed record ContentProblem(string File, int Line, string Reason)
{
    public override string ToString() => Line > 0 ? $"{File}, line {Line}: {Reason}" : $"{File}: {Reason}";
}

/// <summary>All that is wrong with one pack or client, up to 50; warnings beside them never refuse anything.</summary>
public sealed class ContentProblems
{
    private const int Most = 50;
    private readonly List<ContentProblem> all = [];
    private readonly List<ContentProblem> warnings = [];

    public IReadOnlyList<ContentProblem> All => all;
    public IReadOnlyList<ContentProblem> Warnings => warnings;
    public bool Any => all.Count > 0;

    public void Add(string file, int line, string reason)
    {
        if (all.Count < Most && !all.Exists(p => p.File == file && p.Line == line && p.Reason == reason)) all.Add(new(file, line, reason));
    }

    public void Warn(string file, int line, string reason) => warnings.Add(new(file, line, reason));
}

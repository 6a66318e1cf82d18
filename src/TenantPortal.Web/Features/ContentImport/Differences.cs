using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using TenantPortal.Domain.Audit;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Listens to what a unit of work saves and tells it in lines: + made, ~ changed with the old and the new value, - gone.</summary>
internal sealed class Differences : IDisposable
{
    private const int Longest = 60;
    private static readonly string[] Silent = ["SecurityStamp", "Xact", "UpdatedAt", "CreatedAt"];
    private readonly PortalDb db;
    private readonly List<string> lines = [];

    public Differences(PortalDb db)
    {
        this.db = db;
        db.SavingChanges += Hear;
    }

    public IReadOnlyList<string> Lines => lines;
    public int Made { get; private set; }
    public int Changed { get; private set; }

    // the context goes back to a pool, and others must not be listened to
    public void Dispose() => db.SavingChanges -= Hear;

    private void Hear(object? sender, SavingChangesEventArgs saving)
    {
        foreach (var row in db.ChangeTracker.Entries().Where(e => e.Entity is not ClientEvent)) Hear(row);
    }

    private void Hear(EntityEntry row)
    {
        var name = $"{Kind(row)} {Named(row)}";
        if (row.State == EntityState.Added) { Made++; lines.Add($"+ {name}"); }
        if (row.State == EntityState.Deleted) { Changed++; lines.Add($"- {name}"); }
        if (row.State != EntityState.Modified) return;
        Changed++;
        var changes = row.Properties.Where(p => p.IsModified && !Silent.Contains(p.Metadata.Name)).Select(p => $"{Spaced(p.Metadata.Name)} {Said(p.OriginalValue)} → {Said(p.CurrentValue)}");
        lines.Add($"~ {name}: {string.Join(", ", changes)}");
    }

    private static string Kind(EntityEntry row) => row.Metadata.ClrType.Name switch { "Contact" => "person", "RecentChange" => "change", "VariableValue" => "variable", "NamedSystem" => "system", var other => Spaced(other) };

    private static string Named(EntityEntry row)
    {
        var (reference, name) = (Value(row, "ExternalRef"), Value(row, "Name") ?? Value(row, "What") ?? Value(row, "Title"));
        return reference is null ? Said(name) : name is null ? reference : $"{reference} ({Said(name)})";
    }

    private static string? Value(EntityEntry row, string property) => row.Metadata.FindProperty(property) is null ? null : row.Property(property).CurrentValue as string;

    private static string Spaced(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static string Said(object? value) => value switch
    {
        null or "" => "nothing",
        string text => text.Length > Longest ? text[..Longest] + "…" : text,
        bool or Enum => value.ToString()!,
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many => $"{many.Cast<object>().Count()} entries",
        _ => "…",
    };
}

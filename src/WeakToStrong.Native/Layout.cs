using System.Runtime.InteropServices;

namespace WeakToStrong.Native;

/// <summary>What a call returns; <c>w2s_status</c> of the header.</summary>
internal enum Status
{
    Done = 0,
    Failed = 1,
    BadInput = 2,
    Interrupted = 130,
}

/// <summary>What a column holds; <c>w2s_kind</c> of the header.</summary>
internal enum ColumnKind
{
    Numbers = 0,
    Integers = 1,
    Text = 2,
}

/// <summary><c>w2s_array</c> of the header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ArrayLayout
{
    public byte* Parameter;
    public byte* Column;
    public byte* Type;
    public void* Data;
    public long Rows;
    public long Columns;
    public int ColumnMajor;
}

/// <summary><c>w2s_options</c> of the header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OptionsLayout
{
    public int Threads;
    public int ArrayCount;
    public ArrayLayout* Arrays;
    public delegate* unmanaged<void*, byte*, long, long, void> Progress;
    public delegate* unmanaged<void*, int> Cancelled;
    public void* State;
}

/// <summary><c>w2s_summary</c> of the header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SummaryLayout
{
    public long Rows;
    public int Columns;
    public long Done;
    public long Asked;
    public byte* Unit;
    public byte* Remarks;
    public byte* Answer;
}

/// <summary><c>w2s_column</c> of the header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ColumnLayout
{
    public byte* Name;
    public ColumnKind Kind;
    public long Rows;
    public double* Numbers;
    public long* Integers;
    public int* Codes;
    public byte** Words;
    public int WordCount;
}
